import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { processSpace } from '../../base/process-space.js';
import { openSecondPlatform } from '../fixtures/second-platform.js';
import { removeTemporaryDirectories, temporaryDirectory } from '../fixtures/temporary-directory.js';
import type { JournalEntry } from '../../trace/entries.js';
import { sizeOf, type StoredValue } from '../../trace/records.js';
import { INLINE_LIMIT_BYTES } from '../../trace/codec.js';
import { Journal } from './journal.js';

vi.mock('node:fs', async (load) => {
    const actual = await load<typeof fs>();
    return { ...actual, writeSync: vi.fn(actual.writeSync) };
});

let dir: string;
const file = (): string => join(dir, 'journal.jsonl');
const content = (): string => fs.readFileSync(file(), 'utf8');

beforeEach(() => {
    dir = temporaryDirectory();
});
afterEach(removeTemporaryDirectories);

const pushed = (n: number, text = ''): JournalEntry => ({ at: n, type: 'items.pushed', id: 'd', items: [{ n, text }] });
const put = (bytes: Uint8Array): JournalEntry => ({
    at: 1,
    type: 'record.put',
    id: 's',
    key: 'K',
    contentType: 'text/plain',
    value: { bytes },
});

/** Writes the entries and closes the journal again. */
function write(...entries: JournalEntry[]): void {
    const journal = Journal.open(dir, () => {});
    for (const entry of entries) journal.append(entry);
    journal.close();
}

function read(): JournalEntry[] {
    const entries: JournalEntry[] = [];
    Journal.open(dir, (entry) => entries.push(entry)).close();
    return entries;
}

describe('the journal', () => {
    test('gives back what was written, over several openings', () => {
        write(pushed(1), pushed(2));
        write(pushed(3));
        expect(read()).toEqual([pushed(1), pushed(2), pushed(3)]);
        expect(content().split('\n')).toHaveLength(4);
    });

    test('makes its directory, readable for its owner alone', () => {
        dir = join(dir, 'not', 'yet');
        write(pushed(1));
        expect(read()).toHaveLength(1);
        if (process.platform === 'win32') return;
        expect([fs.statSync(dir).mode & 0o777, fs.statSync(file()).mode & 0o777]).toEqual([0o700, 0o600]);
    });

    test.each([1, 20, 60])(
        'cuts a last line off that lacks its last %i bytes, and goes on after the whole ones',
        (missing) => {
            write(pushed(1), pushed(2));
            fs.truncateSync(file(), fs.statSync(file()).size - missing);
            expect(read()).toEqual([pushed(1)]);
            write(pushed(3));
            expect(read()).toEqual([pushed(1), pushed(3)]);
        },
    );

    test('cuts off a last line that was torn within a character', () => {
        write(pushed(1), pushed(2, 'ü'.repeat(10)));
        const bytes = fs.readFileSync(file());
        fs.writeFileSync(file(), bytes.subarray(0, bytes.lastIndexOf(0xc3) + 1));
        expect(read()).toEqual([pushed(1)]);
    });

    test.each(['{"at":1,"type":"items.pu', 'null', '1', '{}', '{"at":1,"type":"toString"}', '', '\u0000\u0000'])(
        'refuses a whole line that says %j, names its number and changes nothing',
        (damage) => {
            write(pushed(1), pushed(2));
            const [first, second] = content().split('\n');
            const damaged = `${first}\n${damage}\n${second}\n{"torn`;
            fs.writeFileSync(file(), damaged);
            expect(read).toThrow(/Line 2 of .*journal\.jsonl can't be read .*Nothing was changed/);
            expect(content()).toBe(damaged);
            expect(read).toThrow("can't be read");
        },
    );

    test.each([1, 2, 3, 7, 64, 1_000])(
        'is the same read in chunks of %i bytes, with lines that span them',
        (chunkBytes) => {
            const entries = [
                pushed(1),
                put(new TextEncoder().encode('ü 🙂\n')),
                pushed(2, 'ü🙂'.repeat(100)),
                pushed(3),
            ];
            write(...entries);
            const whole = content();
            fs.appendFileSync(file(), '{"torn":"ü');
            const seen: JournalEntry[] = [];
            Journal.open(dir, (entry) => seen.push(entry), chunkBytes).close();
            expect(seen).toEqual(entries);
            expect(content()).toBe(whole);
            fs.writeFileSync(file(), whole.replace('"items.pushed"', '"nothing"'));
            expect(() => Journal.open(dir, () => {}, chunkBytes)).toThrow(/Line 1 of .*journal\.jsonl can't be read/);
            fs.writeFileSync(file(), `${whole}damaged\n`);
            expect(() => Journal.open(dir, () => {}, chunkBytes)).toThrow(/Line 5 of .*journal\.jsonl can't be read/);
        },
    );

    test('writes nothing once it is closed', () => {
        const journal = Journal.open(dir, () => {});
        journal.close();
        journal.close();
        expect(() => journal.append(pushed(1))).toThrow('closed');
    });
});

/** Lets the next write end after so many bytes, as the system may. */
function writeOnly(bytes: number): void {
    const spy = vi.mocked(fs.writeSync);
    const real = spy.getMockImplementation() as unknown as (
        ...args: [fd: number, data: Uint8Array, offset: number, length: number]
    ) => number;
    spy.mockImplementationOnce((fd, data) => real(fd, data as unknown as Uint8Array, 0, bytes));
}

describe('a write that fails', () => {
    const noSpace = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });

    test.each([0, 10])('after %i bytes leaves the file as it was, and the next one succeeds', (written) => {
        const journal = Journal.open(dir, () => {});
        journal.append(pushed(1));
        const before = content();
        const spy = vi.mocked(fs.writeSync);
        if (written > 0) writeOnly(written);
        spy.mockImplementationOnce(() => {
            throw noSpace;
        });
        expect(() => journal.append(pushed(2))).toThrow('ENOSPC');
        expect(content()).toBe(before);
        journal.append(pushed(3));
        journal.close();
        expect(read()).toEqual([pushed(1), pushed(3)]);
    });

    test('in parts is continued until the line is whole', () => {
        const journal = Journal.open(dir, () => {});
        writeOnly(7);
        journal.append(pushed(1));
        journal.close();
        expect(read()).toEqual([pushed(1)]);
    });
});

describe('values', () => {
    const bytesOf = (entry: JournalEntry | undefined): Buffer => {
        const { value } = entry as { value: StoredValue };
        return 'bytes' in value ? Buffer.from(value.bytes) : fs.readFileSync(join(dir, 'blobs', value.blob));
    };

    test.each([
        ['text', Buffer.from('ü 🙂\n"')],
        ['bytes that are no text', Buffer.from([0xff, 0x00, 0xc3])],
        ['nothing', Buffer.alloc(0)],
        ['a byte order mark', Buffer.from('\uFEFFa')],
        ['64 KB', Buffer.alloc(INLINE_LIMIT_BYTES, 'ab')],
        ['more than 64 KB', Buffer.alloc(INLINE_LIMIT_BYTES + 1, 'ab')],
    ])('of %s keep their bytes', (_what, bytes) => {
        write(put(bytes));
        const [entry] = read();
        expect(bytesOf(entry).equals(bytes)).toBe(true);
        expect(sizeOf((entry as { value: StoredValue }).value)).toBe(bytes.length);
    });

    test('of more than 64 KB lie in blobs/ under their SHA-256, each content once', () => {
        const large = Buffer.alloc(INLINE_LIMIT_BYTES + 1);
        write(put(Buffer.from('small')), put(large), put(large));
        const names = fs.readdirSync(join(dir, 'blobs'));
        expect(names).toHaveLength(1);
        expect(names[0]).toMatch(/^[0-9a-f]{64}$/);
        expect(fs.statSync(file()).size).toBeLessThan(1_000);
    });

    test('of pushes of more than 64 KB come back as items, also where they lie in a file of their own as once', () => {
        const large = pushed(1, 'x'.repeat(200_000));
        write(large);
        expect(read()).toEqual([large]);
        const items = Buffer.from(JSON.stringify((large as { items: unknown }).items));
        const hash = createHash('sha256').update(items).digest('hex');
        fs.mkdirSync(join(dir, 'blobs'));
        fs.writeFileSync(join(dir, 'blobs', hash), items);
        fs.writeFileSync(file(), `${JSON.stringify({ ...large, items: { blob: hash, size: items.length } })}\n`);
        expect(read()).toEqual([large]);
    });

    test.each(['missing', 'cut short'])('in a blob that is %s are a damaged line', (how) => {
        write(put(Buffer.alloc(INLINE_LIMIT_BYTES + 1)));
        const blob = join(dir, 'blobs', fs.readdirSync(join(dir, 'blobs'))[0]!);
        if (how === 'missing') fs.rmSync(blob);
        else fs.truncateSync(blob, 10);
        expect(read).toThrow(/Line 1 of .* is missing or damaged/);
    });
});

describe('the directory', () => {
    test('is held by one journal at a time within a process', () => {
        const journal = Journal.open(dir, () => {});
        expect(() => Journal.open(dir, () => {})).toThrow(`is held by process ${process.pid}`);
        journal.close();
        expect(read()).toEqual([]);
    });

    test('that this process holds is refused to another, which says by whom', async () => {
        const journal = Journal.open(dir, () => {});
        await expect(openSecondPlatform(dir)).rejects.toThrow(
            `The data directory ${dir} is held by process ${process.pid}. Stop that process or choose another directory`,
        );
        journal.append(pushed(1));
        journal.close();
        expect(read()).toEqual([pushed(1)]);
    });

    test('that another process holds is refused here until that has ended, well or not', async () => {
        for (const end of ['close', 'kill'] as const) {
            const other = await openSecondPlatform(dir);
            expect(read).toThrow(`is held by process ${other.process.pid}`);
            await other[end]();
            expect(read()).toEqual([]);
        }
    });

    test('with the lock file of a dead process is free', () => {
        const { pid } = spawnSync(process.execPath, ['--version']);
        fs.writeFileSync(join(dir, `lock.${processSpace()}.${pid}`), '');
        write(pushed(1));
        expect(fs.readdirSync(dir)).toEqual(['journal.jsonl']);
    });

    test('of a damaged journal is given back', () => {
        fs.writeFileSync(file(), 'damaged\n');
        expect(read).toThrow("can't be read");
        fs.writeFileSync(file(), '');
        expect(read()).toEqual([]);
    });
});
