/** What `--script` calls: with the server's address, and a `fetch` whose requests are counted and compared. */
export async function call({ fetch }) {
    for (const path of ['/shoes', '/shoes', '/hats', '/shoes']) {
        const response = await fetch(path);
        const { pathname } = await response.json();
        if (pathname !== path) throw new Error(`${path} was answered with ${pathname}`);
    }
}
