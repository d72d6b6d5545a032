import { LOCAL_USER } from '../store.js';
import type { Operation } from './operation.js';

export const userOperations: Operation[] = [
    {
        operationId: 'users_me_get',
        method: 'GET',
        path: '/users/me',
        handle: ({ core }) => ({
            data: {
                id: LOCAL_USER.id,
                username: LOCAL_USER.username,
                email: 'local@localhost',
                isPaying: false,
                proxy: { password: core.proxyPassword, groups: [] },
                plan: { id: 'LOCAL' },
            },
        }),
    },
];
