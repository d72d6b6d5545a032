/** Says why progress is not kept, if it is not. */
export function tellUnkept(why: string | undefined): void {
    if (why !== undefined) process.stderr.write(`${why}\n`);
}
