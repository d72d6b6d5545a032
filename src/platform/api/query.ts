import { invalidValue } from '../errors.js';

/** Query parameters, read in the forms that Apify's clients send: booleans as 0 and 1 or true and false. */
export class Query {
    constructor(private readonly values: URLSearchParams) {}

    string(name: string): string | undefined {
        const value = this.values.get(name);
        return value === null || value === '' ? undefined : value;
    }

    /**
     * @throws ApiError 400 when the value is neither.
     */
    boolean(name: string): boolean | undefined {
        const value = this.string(name);
        if (value === undefined) return undefined;
        if (value === '1' || value.toLowerCase() === 'true') return true;
        if (value === '0' || value.toLowerCase() === 'false') return false;
        throw invalidValue(`Query parameter '${name}' must be a boolean (0, 1, true or false).`);
    }

    /**
     * @throws ApiError 400 when the value is no whole number or below `min`. Above `max` it counts as `max`.
     */
    integer(name: string, { min = 0, max = Number.MAX_SAFE_INTEGER } = {}): number | undefined {
        const value = this.string(name);
        if (value === undefined) return undefined;
        const number = Number(value);
        if (!Number.isInteger(number) || number < min) {
            throw invalidValue(`Query parameter '${name}' must be a whole number of at least ${min}.`);
        }
        return Math.min(number, max);
    }

    /**
     * @throws ApiError 400 when the value is no number of at least 0. Above `max` it counts as `max`.
     */
    number(name: string, { max = Number.MAX_VALUE } = {}): number | undefined {
        const value = this.string(name);
        if (value === undefined) return undefined;
        const number = Number(value);
        if (!Number.isFinite(number) || number < 0) {
            throw invalidValue(`Query parameter '${name}' must be a number of at least 0.`);
        }
        return Math.min(number, max);
    }

    /**
     * Milliseconds since the epoch.
     *
     * @throws ApiError 400 when the value is no ISO time.
     */
    time(name: string): number | undefined {
        const value = this.string(name);
        if (value === undefined) return undefined;
        const time = /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN;
        if (Number.isNaN(time)) throw invalidValue(`Query parameter '${name}' must be an ISO time.`);
        return time;
    }

    list(name: string): string[] | undefined {
        return this.string(name)
            ?.split(',')
            .map((item) => item.trim());
    }
}
