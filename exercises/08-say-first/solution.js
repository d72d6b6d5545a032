import { Actor, log } from 'apify';

await Actor.init();
const { site } = await Actor.getInput();
const { pages } = await (await fetch(`${site}/pages`)).json();

// The page that comes next, the number of rows that were pushed for those before it, and what is pushed next.
const dataset = await Actor.openDataset();
const state = (await Actor.getValue('STATE')) ?? { next: 1, rows: 0, pending: 0 };

function account() {
    state.rows += state.pending;
    state.next += 1;
    state.pending = 0;
}

if (state.pending > 0) {
    const { items } = await dataset.getData({ offset: state.rows });
    if (items.length > 0) account();
}

while (state.next <= pages) {
    const { asin, offers } = await (await fetch(`${site}/pages/${state.next}`)).json();
    log.info(`Page ${state.next}: ${asin} has ${offers.length} offers`);
    state.pending = offers.length;
    await Actor.setValue('STATE', state);
    await dataset.pushData(offers.map((offer) => ({ asin, ...offer })));
    account();
}

await Actor.exit();
