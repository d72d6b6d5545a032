import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { type WebSocket, WebSocketServer } from 'ws';

/** The Actor events WebSocket: one address a run, over which the platform tells the Actor what is about to happen. */
export class EventsSocket extends EventEmitter<{ connected: [runId: string] }> {
    readonly #server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 64 * 1024 });
    readonly #sockets = new Map<string, Set<WebSocket>>();

    accept(runId: string, request: IncomingMessage, socket: Duplex, head: Buffer): void {
        this.#server.handleUpgrade(request, socket, head, (webSocket) => {
            const sockets = this.#sockets.get(runId) ?? new Set();
            this.#sockets.set(runId, sockets.add(webSocket));
            webSocket.on('close', () => sockets.delete(webSocket));
            webSocket.on('error', () => webSocket.terminate());
            this.emit('connected', runId);
        });
    }

    isConnected(runId: string): boolean {
        return (this.#sockets.get(runId)?.size ?? 0) > 0;
    }

    /** Sends an event to the run's process. Returns false when nobody listens. */
    send(runId: string, name: string, data: unknown, at: number): boolean {
        const message = JSON.stringify({ name, createdAt: new Date(at).toISOString(), data });
        const sockets = this.#sockets.get(runId) ?? [];
        for (const socket of sockets) socket.send(message);
        return this.isConnected(runId);
    }

    /**
     * Resolves when the run's process has answered a ping, which its event loop does in the order in which things
     * come in: true; false when nobody listens, or the connection is gone.
     */
    async roundTrip(runId: string): Promise<boolean> {
        const answers = [...(this.#sockets.get(runId) ?? [])].map(async (socket) => {
            if (socket.readyState !== socket.OPEN) return false;
            return new Promise<boolean>((resolve) => {
                const pong = (): void => settle(true);
                const close = (): void => settle(false);
                const settle = (isAnswered: boolean): void => {
                    socket.off('pong', pong).off('close', close);
                    resolve(isAnswered);
                };
                socket.on('pong', pong).on('close', close).ping();
            });
        });
        return (await Promise.all(answers)).includes(true);
    }

    /** Cuts the connections of a run whose process is gone. */
    cut(runId: string): void {
        for (const socket of this.#sockets.get(runId) ?? []) socket.terminate();
        this.#sockets.delete(runId);
    }

    close(): void {
        for (const runId of this.#sockets.keys()) this.cut(runId);
        this.#server.close();
    }
}
