import { Actor, log } from 'apify';

await Actor.init();
const { site } = await Actor.getInput();
const { pages } = await (await fetch(`${site}/pages`)).json();

// The page that comes next, and the number of rows that were pushed for those before it.
const dataset = await Actor.openDataset();
const state = (await Actor.getValue('STATE')) ?? { next: 1, rows: 0 };

while (state.next <= pages) {
    const { asin, offers } = await (await fetch(`${site}/pages/${state.next}`)).json();
    log.info(`Page ${state.next}: ${asin} has ${offers.length} offers`);
    await dataset.pushData(offers.map((offer) => ({ asin, ...offer })));
    state.rows += offers.length;
    state.next += 1;
    await Actor.setValue('STATE', state);
}

await Actor.exit();
