import { Actor, log } from 'apify';

await Actor.init();
const { site } = await Actor.getInput();
const { pages } = await (await fetch(`${site}/pages`)).json();

// The page that comes next.
const state = (await Actor.getValue('STATE')) ?? { next: 1 };

while (state.next <= pages) {
    const { asin, offers } = await (await fetch(`${site}/pages/${state.next}`)).json();
    log.info(`Page ${state.next}: ${asin} has ${offers.length} offers`);
    Actor.pushData(offers.map((offer) => ({ asin, ...offer })));
    state.next += 1;
    await Actor.setValue('STATE', state);
}

await Actor.exit();
