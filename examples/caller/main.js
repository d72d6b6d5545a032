import { Actor } from 'apify';

await Actor.init();
const { baseUrl, products, remember } = await Actor.getInput();

/** Calls the Actor `plain-fetch`, and waits until its run has ended. */
async function callOnce() {
    const called = remember ? await Actor.getValue('CALLED') : null;
    if (called) return Actor.apifyClient.run(called.runId).waitForFinish();
    const run = await Actor.start('plain-fetch', { baseUrl, products });
    if (remember) await Actor.setValue('CALLED', { runId: run.id });
    return Actor.apifyClient.run(run.id).waitForFinish();
}

const run = await callOnce();
const { items } = await Actor.apifyClient.dataset(run.defaultDatasetId).listItems();

// Other Actors of the account read what was found from a dataset with a name.
const found = await Actor.openDataset('found');
const { itemCount } = await found.getInfo();
await found.pushData(items.slice(itemCount));
await Actor.setValue('OUTPUT', { products: items.length });
await Actor.exit();
