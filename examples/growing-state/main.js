import { Actor } from 'apify';

/** Into how many records the counts are divided. */
const PARTS = 100;
const SIZES = [1_000, 10_000, 100_000];

await Actor.init();

const asinOf = (n) => `B0${n.toString(36).toUpperCase().padStart(8, '0')}`;
const partOf = (asin) => Number.parseInt(asin.slice(-2), 36) % PARTS;

/** Saves a record three times; its size in bytes, and the middle one of the three times in ms. */
async function measure(key, value) {
    const times = [];
    for (let i = 0; i < 3; i++) {
        const start = performance.now();
        await Actor.setValue(key, value);
        times.push(performance.now() - start);
    }
    return { bytes: JSON.stringify(value).length, millis: Math.round(times.sort((a, b) => a - b)[1]) };
}

const results = [];
for (const asins of SIZES) {
    const counts = Object.fromEntries(Array.from({ length: asins }, (_, n) => [asinOf(n), n % 30]));
    const part = Object.fromEntries(Object.entries(counts).filter(([asin]) => partOf(asin) === 0));
    const result = { asins, whole: await measure('COUNTS', counts), part: await measure('COUNTS-0', part) };
    results.push(result);
    console.log(JSON.stringify(result));
}
await Actor.setValue('OUTPUT', results);
await Actor.exit();
