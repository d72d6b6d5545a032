'use strict';

/**
 * An Actor without the SDK: it speaks the Apify API itself. Its state is one record with the number of products done
 * and the number of rows they made. Rows are pushed first and the record is saved after them, so that after a move the
 * rows beyond what the record counts tell what was done since.
 */
const {
    APIFY_API_BASE_URL,
    APIFY_TOKEN,
    ACTOR_DEFAULT_DATASET_ID,
    ACTOR_DEFAULT_KEY_VALUE_STORE_ID,
    ACTOR_INPUT_KEY = 'INPUT',
} = process.env;

const dataset = `datasets/${ACTOR_DEFAULT_DATASET_ID}/items`;
const record = (key) => `key-value-stores/${ACTOR_DEFAULT_KEY_VALUE_STORE_ID}/records/${key}`;

/** Calls the API; undefined for a record that isn't there. */
async function api(method, path, body) {
    const response = await fetch(`${APIFY_API_BASE_URL}/v2/${path}`, {
        method,
        headers: { authorization: `Bearer ${APIFY_TOKEN}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
}

async function main() {
    const { baseUrl, products } = await api('GET', record(ACTOR_INPUT_KEY));
    const search = await (await fetch(`${baseUrl}/s?k=phone&page=1`)).text();
    const asins = [...new Set([...search.matchAll(/data-asin="(B0\w{8})"/g)].map(([, asin]) => asin))].slice(
        0,
        products,
    );

    const saved = (await api('GET', record('STATE'))) ?? { done: [], rows: 0 };
    const since = await api('GET', `${dataset}?offset=${saved.rows}`);
    const state = { done: [...saved.done, ...since.map(({ asin }) => asin)], rows: saved.rows + since.length };
    if (since.length > 0) await api('PUT', record('STATE'), state);

    for (const asin of asins) {
        if (state.done.includes(asin)) continue;
        const html = await (await fetch(`${baseUrl}/dp/${asin}`)).text();
        const [, description = ''] = /id="productDescription"><p>([^<]*)/.exec(html) ?? [];
        await api('POST', dataset, { asin, description: description.trim() });
        state.done.push(asin);
        state.rows += 1;
        await api('PUT', record('STATE'), state);
    }
    await api('PUT', record('OUTPUT'), { products: state.done.length });
}

main().catch((error) => {
    console.error(error);
    process.exitCode = 1;
});
