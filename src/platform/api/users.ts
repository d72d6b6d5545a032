import { recordNotFound } from '../errors.js';
import { LOCAL_USER } from '../store.js';
import type { Operation } from './operation.js';
import { dataReply } from './reply.js';

/** What a plan can have, in the words of the API, and whether this platform has it. */
const FEATURES: Readonly<Record<string, boolean>> = {
    ACTORS: true,
    STORAGE: true,
    SCHEDULER: false,
    PROXY: true,
    PROXY_EXTERNAL_ACCESS: false,
    PROXY_RESIDENTIAL: false,
    PROXY_SERPS: false,
    WEBHOOKS: false,
    ACTORS_PUBLIC_ALL: false,
    ACTORS_PUBLIC_DEVELOPER: false,
};

export const userOperations: Operation[] = [
    {
        operationId: 'users_me_get',
        method: 'GET',
        path: '/users/me',
        handle: ({ core }) =>
            dataReply({
                id: LOCAL_USER.id,
                username: LOCAL_USER.username,
                email: 'local@localhost',
                isPaying: false,
                proxy: { password: core.proxyPassword, groups: [] },
                plan: { id: 'LOCAL', availableProxyGroups: {} },
                effectivePlatformFeatures: Object.fromEntries(
                    Object.entries(FEATURES).map(([name, isEnabled]) => [name, feature(isEnabled)]),
                ),
            }),
    },
    {
        operationId: 'user_get',
        method: 'GET',
        path: '/users/:userId',
        handle: ({ params: { userId } }) => {
            if (userId !== LOCAL_USER.id && userId !== LOCAL_USER.username) throw recordNotFound(`User '${userId}'`);
            return dataReply({ username: LOCAL_USER.username, profile: {} });
        },
    },
];

function feature(isEnabled: boolean): Record<string, unknown> {
    const disabledReason = isEnabled ? null : 'The local platform has no such thing.';
    return { isEnabled, disabledReason, disabledReasonType: null, isTrial: false, trialExpirationAt: null };
}
