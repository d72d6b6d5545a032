import { Actor, log } from 'apify';

await Actor.init();
const { site } = await Actor.getInput();
const { pages } = await (await fetch(`${site}/pages`)).json();

// What was counted so far, and the page that comes next.
const store = await Actor.openKeyValueStore('progress');
const state = (await store.getValue('STATE')) ?? { offers: 0, next: 1 };

while (state.next <= pages) {
    const { asin, offers } = await (await fetch(`${site}/pages/${state.next}`)).json();
    log.info(`Page ${state.next}: ${asin} has ${offers.length} offers`);
    state.offers += offers.length;
    state.next += 1;
    await store.setValue('STATE', state);
}

await Actor.setValue('OUTPUT', { offers: state.offers });
await Actor.exit();
