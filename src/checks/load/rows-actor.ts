/**
 * The Actor whose runs the load compares: it pushes rows to its dataset, from the first that is not there on. Its first
 * argument says how many.
 */
const { env, argv } = process;
const url = `${env.APIFY_API_BASE_URL}/v2/datasets/${env.ACTOR_DEFAULT_DATASET_ID}`;
const headers = { authorization: `Bearer ${env.APIFY_TOKEN}`, 'content-type': 'application/json' };
const ROWS_AT_ONCE = 1_000;

const { data } = (await (await fetch(url, { headers })).json()) as { data: { itemCount: number } };
for (let begin = data.itemCount; begin < Number(argv[2]); begin += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, Number(argv[2]) - begin);
    const rows = Array.from({ length: count }, (_, i) => ({
        n: begin + i,
        asin: `B0${begin + i}`,
        title: 'A product with a title of some length',
        price: (begin + i) / 7,
    }));
    await fetch(`${url}/items`, { method: 'POST', headers, body: JSON.stringify(rows) });
}

export {};
