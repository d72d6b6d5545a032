/** Where Apify's API is for everybody. */
export const APIFY_API_HOST = 'api.apify.com';
