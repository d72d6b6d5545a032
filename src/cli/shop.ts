import { openShop, type Shop, type ShopOptions } from '../shop/index.js';
import { UsageError } from '../base/usage-error.js';
import { type Command, numberOption, parse, runCommand } from '../base/terminal/command.js';

const OPTIONS = {
    port: { type: 'string' },
    seed: { type: 'string' },
    products: { type: 'string' },
    latency: { type: 'string' },
} as const;

const HELP = `
npm run shop -- [options]

Opens the demo shop, for a look in a browser or for an Actor of your own. Ctrl-C closes it.

Options
  --port <n>       port on 127.0.0.1 (default: one that is free)
  --seed <n>       seed of its products and offers (default 1)
  --products <n>   0 to 100000 (default 12)
  --latency <ms>   time that a page takes (default 0)
`;

const command: Command = {
    name: 'npm run shop',
    help: HELP,
    run: async (argv) => {
        const { values } = parse(argv, OPTIONS);
        const port = numberOption('port', values.port, { min: 0, max: 65_535 }) ?? 0;
        const seed = numberOption('seed', values.seed, { min: 0, max: 2 ** 32 - 1 }) ?? 1;
        const products = numberOption('products', values.products, { min: 0, max: 100_000 }) ?? 12;
        const latencyMs = numberOption('latency', values.latency, { min: 0, max: 60_000 }) ?? 0;
        const shop = await open({ port, seed, products, latencyMs });
        process.stdout.write(`The shop is open: ${shop.baseUrl}  (Ctrl-C closes it)\n`);
        await new Promise<void>((resolve) => {
            process.once('SIGINT', resolve);
            process.once('SIGTERM', resolve);
        });
        await shop.close();
        return 0;
    },
};

/**
 * @throws UsageError when the port is not to be had.
 */
async function open(options: ShopOptions): Promise<Shop> {
    try {
        return await openShop(options);
    } catch (error) {
        throw new UsageError((error as Error).message);
    }
}

await runCommand(command);
