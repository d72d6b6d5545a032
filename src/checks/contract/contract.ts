import { ApifyApiError } from 'apify-client';

import { compiled } from '../../base/paths.js';
import { inTemporaryFolder } from '../../base/temporary-folder.js';
import { openPlatform, OPERATIONS } from '../../platform/index.js';
import { type ContractProblem, problemsOf } from './check.js';
import type { Exchange } from './exchange.js';
import { ExchangeRecorder } from './recorder.js';
import { Scenario, type ScenarioOptions } from './scenario.js';

export interface ContractOptions {
    /** API to call; without one, a platform is opened for the contract. */
    remote?: { baseUrl: string; token: string; actor?: string | undefined } | undefined;
    /** Holds an exchange against more than the project's own shapes. */
    alsoCheck?: (exchange: Exchange) => ContractProblem[];
}

export interface ContractReport {
    exchanges: number;
    /** Operations that were called and answered with success. */
    driven: string[];
    /** Operations that the local platform serves and that were not. */
    notDriven: string[];
    problems: ContractProblem[];
    /** Why not all calls were made: an error that a call was answered with and that the others can't do without. */
    stoppedBy: string | undefined;
}

interface Recorded {
    exchanges: Exchange[];
    stoppedBy: string | undefined;
}

/** Drives the real `apify-client` through the API and holds every exchange against the contract. */
export async function checkContract({ remote, alsoCheck }: ContractOptions = {}): Promise<ContractReport> {
    const { exchanges, stoppedBy } = remote
        ? await record({ ...remote, canCharge: false })
        : await withLocalPlatform(async (local) => record(local));
    const succeeded = new Set(exchanges.filter(({ status }) => status < 400).map(({ operationId }) => operationId));
    const ids = OPERATIONS.map(({ operationId }) => operationId);
    return {
        exchanges: exchanges.length,
        driven: ids.filter((id) => succeeded.has(id)),
        notDriven: ids.filter((id) => !succeeded.has(id)),
        problems: exchanges.flatMap((exchange) => [...problemsOf(exchange), ...(alsoCheck?.(exchange) ?? [])]),
        stoppedBy,
    };
}

async function record(options: ScenarioOptions): Promise<Recorded> {
    const recorder = await ExchangeRecorder.open(options.baseUrl);
    let stoppedBy: string | undefined;
    try {
        await new Scenario({ ...options, baseUrl: recorder.baseUrl }).run();
    } catch (error) {
        if (!(error instanceof ApifyApiError)) throw error;
        stoppedBy = `${error.clientMethod}: ${error.message}`;
    } finally {
        await recorder.close();
    }
    return { exchanges: recorder.exchanges, stoppedBy };
}

async function withLocalPlatform<T>(work: (options: ScenarioOptions) => Promise<T>): Promise<T> {
    return inTemporaryFolder(async (dir) => {
        const platform = await openPlatform({ dir });
        try {
            const script = compiled('src/checks/contract/contract-actor.js');
            const command: [string, string] = [process.execPath, script];
            const { id } = platform.define({ name: 'contract-actor', command, cwd: dir });
            platform.defineTask({ name: 'contract-task', actorId: id });
            const { baseUrl, token } = platform;
            return await work({
                baseUrl,
                token,
                actor: 'local~contract-actor',
                task: 'local~contract-task',
                canCharge: true,
            });
        } finally {
            await platform.close();
        }
    });
}
