/**
 * Asks the server to do something.
 *
 * @throws Error with what it says against it.
 */
export async function ask<T>(address: string, form: FormData | Record<string, string> = {}): Promise<T> {
    const body =
        form instanceof FormData
            ? new URLSearchParams(form as unknown as Record<string, string>)
            : new URLSearchParams(form);
    const response = await fetch(address, { method: 'POST', body });
    const answer = response.status === 204 ? {} : ((await response.json()) as { problem?: string });
    if (!response.ok)
        throw new Error((answer as { problem?: string }).problem ?? `It answered with ${response.status}.`);
    return answer as T;
}
