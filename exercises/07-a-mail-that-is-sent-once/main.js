import { Actor, log } from 'apify';

await Actor.init();
const { site } = await Actor.getInput();
const { pages } = await (await fetch(`${site}/pages`)).json();

// The page that comes next, and mails that are to be sent.
const state = (await Actor.getValue('STATE')) ?? { next: 1, outbox: {} };

async function deliver() {
    for (const [id, mail] of Object.entries(state.outbox)) {
        const headers = { 'content-type': 'application/json' };
        await fetch(`${site}/mail`, { method: 'POST', headers, body: JSON.stringify(mail) });
        log.info(`Mail ${id} is sent`);
        delete state.outbox[id];
        await Actor.setValue('STATE', state);
    }
}

await deliver();
while (state.next <= pages) {
    const { asin, offers } = await (await fetch(`${site}/pages/${state.next}`)).json();
    state.outbox[asin] = { to: `${asin}@example.com`, text: `${offers.length} offers` };
    state.next += 1;
    await Actor.setValue('STATE', state);
    await deliver();
}

await Actor.exit();
