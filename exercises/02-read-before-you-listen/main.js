import { Actor, log } from 'apify';

await Actor.init();

// What was counted so far, and the page that comes next.
let state = { offers: 0, next: 1 };
Actor.on('persistState', async () => Actor.setValue('STATE', state));

const { site } = await Actor.getInput();
const { pages } = await (await fetch(`${site}/pages`)).json();
state = (await Actor.getValue('STATE')) ?? state;

while (state.next <= pages) {
    const { asin, offers } = await (await fetch(`${site}/pages/${state.next}`)).json();
    log.info(`Page ${state.next}: ${asin} has ${offers.length} offers`);
    state = { offers: state.offers + offers.length, next: state.next + 1 };
}

await Actor.setValue('OUTPUT', { offers: state.offers });
await Actor.exit();
