/**
 * The Actor that the contract starts: it tells the token of its run, by which alone a run can charge, and then does
 * nothing until the platform ends it.
 */
const { env } = process;
const url = `${env.APIFY_API_BASE_URL}/v2/key-value-stores/${env.ACTOR_DEFAULT_KEY_VALUE_STORE_ID}/records/RUN-TOKEN`;
const response = await fetch(url, {
    method: 'PUT',
    headers: { authorization: `Bearer ${env.APIFY_TOKEN}`, 'content-type': 'text/plain' },
    body: env.APIFY_TOKEN!,
});
process.stdout.write(`The contract Actor is up (${response.status}).\n`);
setInterval(() => {}, 1_000);

export {};
