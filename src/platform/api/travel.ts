import type { Socket } from 'node:net';

/**
 * One way of a call between Actor and API. It ends early when the connection is cut, as by the death of the process.
 *
 * @returns Whether it arrives.
 */
export async function travel(socket: Socket, millis: number): Promise<boolean> {
    if (millis === 0) return true;
    if (socket.destroyed) return false;
    return new Promise((resolve) => {
        const lose = (): void => {
            clearTimeout(timer);
            resolve(false);
        };
        const timer = setTimeout(() => {
            socket.off('close', lose);
            resolve(true);
        }, millis).unref();
        socket.once('close', lose);
    });
}
