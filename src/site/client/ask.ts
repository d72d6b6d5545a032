/**
 * Asks the server to do something, and returns what it answers.
 *
 * @param values Fields, as a form sends them.
 * @throws Error with what the server says when it refuses, or that it can't be reached.
 */
export async function ask<T>(address: string, values: FormData | Readonly<Record<string, string>> = {}): Promise<T> {
    let response: Response;
    try {
        response = await fetch(address, {
            method: 'POST',
            headers: { accept: 'application/json' },
            body: new URLSearchParams(values as Record<string, string>),
        });
    } catch {
        throw new Error('The course does not answer: is npm run course still at work?');
    }
    if (response.status === 204) return undefined as T;
    if (response.ok) return (await response.json()) as T;
    const isTold = response.headers.get('content-type')?.includes('json');
    const told = isTold ? ((await response.json()) as { problem?: string }).problem : undefined;
    throw new Error(told ?? `The course answered with ${response.status}.`);
}
