import { delimiter } from 'node:path';
import { pathToFileURL } from 'node:url';

import { compiled } from '../../base/paths.js';
import { originOf, type RunRecord } from '../../trace/runs.js';
import { storagesOf } from '../../trace/storages-of-run.js';
import { LOCAL_USER } from '../store.js';
import type { ActorDefinition } from './actor.js';

/**
 * What a process needs of the machine to run at all. Everything else is left out: proxies (Apify's client would
 * obey them), Node's own options, and all that makes one machine differ from another.
 */
const FROM_THE_MACHINE = new Set(
    [
        ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'TEMP', 'TMP'],
        ['SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'COMSPEC', 'PATHEXT', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA'],
        ['PROGRAMFILES', 'PROGRAMDATA', 'HOMEDRIVE', 'HOMEPATH', 'NUMBER_OF_PROCESSORS'],
        // Where browsers are.
        ['APIFY_DEFAULT_BROWSER_PATH', 'CRAWLEE_DEFAULT_BROWSER_PATH', 'CRAWLEE_CHROME_EXECUTABLE_PATH'],
        ['PLAYWRIGHT_BROWSERS_PATH', 'PUPPETEER_CACHE_DIR', 'PUPPETEER_EXECUTABLE_PATH'],
    ].flat(),
);

export interface EnvironmentOptions {
    run: RunRecord;
    actor: ActorDefinition;
    token: string;
    baseUrl: string;
    proxyPassword: string;
    eventsUrl: string;
    webServerPort: number;
    machine: NodeJS.ProcessEnv;
}

/** An unchanged client in the Actor asks this platform, and not Apify. */
const REACH_PLATFORM = `--import ${pathToFileURL(compiled('src/platform/run/reach-platform.js')).href}`;

/**
 * The environment that the platform gives to an Actor's process, in today's names and in the older `APIFY_` ones.
 *
 * Source: https://docs.apify.com/platform/actors/development/programming-interface/environment-variables
 */
export function actorEnvironment(options: EnvironmentOptions): Record<string, string> {
    const { run, actor, token, baseUrl, proxyPassword, eventsUrl, webServerPort, machine } = options;
    const webServerUrl = `http://127.0.0.1:${webServerPort}`;
    const both: Record<string, string> = {
        DEFAULT_DATASET_ID: run.datasetId,
        DEFAULT_KEY_VALUE_STORE_ID: run.keyValueStoreId,
        DEFAULT_REQUEST_QUEUE_ID: run.requestQueueId,
        INPUT_KEY: run.inputKey,
        MEMORY_MBYTES: String(run.memoryMbytes),
        STARTED_AT: new Date(run.startedAt).toISOString(),
    };
    if (run.timeoutSecs > 0) both.TIMEOUT_AT = new Date(run.timeoutFrom + run.timeoutSecs * 1_000).toISOString();
    const environment: Record<string, string> = {
        ...pickMachine(machine),
        APIFY_IS_AT_HOME: '1',
        APIFY_HEADLESS: '1',
        APIFY_TOKEN: token,
        APIFY_USER_ID: LOCAL_USER.id,
        APIFY_META_ORIGIN: originOf(run),
        APIFY_API_BASE_URL: baseUrl,
        APIFY_API_PUBLIC_BASE_URL: baseUrl,
        // Read by the Apify CLI.
        APIFY_CLIENT_BASE_URL: baseUrl,
        APIFY_PROXY_HOSTNAME: '127.0.0.1',
        APIFY_PROXY_PORT: new URL(baseUrl).port,
        APIFY_PROXY_PASSWORD: proxyPassword,
        APIFY_PROXY_STATUS_URL: `${baseUrl}/proxy-status`,
        ACTOR_ID: actor.id,
        ACTOR_FULL_NAME: `${actor.username ?? LOCAL_USER.username}/${actor.name}`,
        ...(run.taskId !== undefined && { ACTOR_TASK_ID: run.taskId, APIFY_ACTOR_TASK_ID: run.taskId }),
        ACTOR_RUN_ID: run.id,
        ACTOR_STORAGES_JSON: JSON.stringify(storagesOf(run)),
        ACTOR_BUILD_ID: run.buildId,
        ACTOR_BUILD_NUMBER: '0.0.1',
        ACTOR_EVENTS_WEBSOCKET_URL: eventsUrl,
        ACTOR_WEB_SERVER_PORT: String(webServerPort),
        ACTOR_WEB_SERVER_URL: webServerUrl,
        ACTOR_STANDBY_PORT: String(webServerPort),
        ACTOR_RESTART_ON_ERROR: run.restartOnError ? '1' : '0',
        APIFY_ACTOR_ID: actor.id,
        APIFY_ACTOR_RUN_ID: run.id,
        APIFY_ACTOR_BUILD_ID: run.buildId,
        APIFY_ACTOR_EVENTS_WS_URL: eventsUrl,
        APIFY_CONTAINER_PORT: String(webServerPort),
        APIFY_CONTAINER_URL: webServerUrl,
    };
    if (run.isStandby) environment.ACTOR_STANDBY_URL = webServerUrl;
    if (run.maxItems !== undefined) both.MAX_PAID_DATASET_ITEMS = String(run.maxItems);
    if (run.maxTotalChargeUsd !== undefined) both.MAX_TOTAL_CHARGE_USD = String(run.maxTotalChargeUsd);
    for (const [name, value] of Object.entries(both)) {
        environment[`ACTOR_${name}`] = value;
        environment[`APIFY_${name}`] = value;
    }
    const nodeOptions = [REACH_PLATFORM, actor.env?.NODE_OPTIONS ?? ''].join(' ').trim();
    return { ...environment, ...actor.env, NODE_OPTIONS: nodeOptions };
}

function pickMachine(machine: NodeJS.ProcessEnv): Record<string, string> {
    const picked: Record<string, string> = { PATH: ['/usr/bin', '/bin'].join(delimiter) };
    for (const [name, value] of Object.entries(machine)) {
        if (value !== undefined && FROM_THE_MACHINE.has(name.toUpperCase())) picked[name] = value;
    }
    return picked;
}
