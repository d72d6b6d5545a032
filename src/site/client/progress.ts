/** Before the names under which this browser keeps what a static site knows of a learner. */
const PREFIX = 'actors-move:';

/** Whether something was done; browsers that keep nothing say no. */
export function progressDone(name: string): boolean {
    return readKept(name) !== null;
}

export function markDone(name: string): void {
    keepText(name, 'done');
}

/** What is kept under a name; null when nothing is, or nothing can be. */
export function readKept(name: string): string | null {
    try {
        return localStorage.getItem(PREFIX + name);
    } catch {
        return null;
    }
}

/** Keeps a text. Where the browser keeps nothing, the page works without. */
export function keepText(name: string, text: string): void {
    try {
        localStorage.setItem(PREFIX + name, text);
    } catch {
        // Private windows and full stores: there is nobody to tell, and nothing else is lost.
    }
}
