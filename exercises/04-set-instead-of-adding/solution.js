import { Actor, log } from 'apify';

await Actor.init();
const { site } = await Actor.getInput();
const { pages } = await (await fetch(`${site}/pages`)).json();

// Offers by ASIN, and the last page that is done.
const counts = (await Actor.getValue('COUNTS')) ?? {};
let done = (await Actor.getValue('DONE')) ?? 0;

while (done < pages) {
    const { asin, offers } = await (await fetch(`${site}/pages/${done + 1}`)).json();
    log.info(`Page ${done + 1}: ${asin} has ${offers.length} offers`);
    counts[asin] = offers.length;
    await Actor.setValue('COUNTS', counts);
    done += 1;
    await Actor.setValue('DONE', done);
}

await Actor.setValue('OUTPUT', counts);
await Actor.exit();
