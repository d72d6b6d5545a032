import type { QueueRequest } from '../trace/request-queue.js';

/**
 * Extensions of files by content type, as Crawlee's memory storage chooses them. It takes them from `mime-types`; a
 * type that is not here gets `bin`, as one that is unknown there.
 */
const EXTENSIONS: Readonly<Record<string, string>> = {
    'application/gzip': 'gz',
    'application/javascript': 'js',
    'application/json': 'json',
    'application/pdf': 'pdf',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
    'application/xml': 'xml',
    'application/zip': 'zip',
    'image/gif': 'gif',
    'image/jpeg': 'jpeg',
    'image/png': 'png',
    'image/svg+xml': 'svg',
    'image/webp': 'webp',
    'text/css': 'css',
    'text/csv': 'csv',
    'text/html': 'html',
    'text/markdown': 'markdown',
    'text/plain': 'txt',
    'text/xml': 'xml',
};

/** Other endings by which a key shows its content type itself. */
const ALIASES: Readonly<Record<string, string>> = { htm: 'html', jpg: 'jpeg', md: 'markdown' };

/** Names that Windows keeps for devices, whatever extension follows. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** The file of a record: its key with the extension of its content type, unless the key ends in it already. */
export function recordFile(key: string, contentType: string): string {
    const [type = ''] = contentType.split(';');
    const extension = EXTENSIONS[type.trim().toLowerCase()] ?? 'bin';
    const ending = /\.([a-z0-9]+)$/i.exec(key)?.[1]?.toLowerCase();
    const isShown = ending !== undefined && extension !== 'bin' && (ALIASES[ending] ?? ending) === extension;
    const name = isShown ? key : `${key}.${extension}`;
    return DEVICES.test(name.split('.')[0]!) ? `_${name}` : name;
}

/** The content type that a file's extension stands for, without its dot; undefined for one that is not known. */
export function contentTypeOf(extension: string): string | undefined {
    const [type] = Object.entries(EXTENSIONS).find(([, known]) => known === (ALIASES[extension] ?? extension)) ?? [];
    return type?.startsWith('text/') || type === 'application/json' ? `${type}; charset=utf-8` : type;
}

/** The file of a dataset's row: nine digits, counted from 1. */
export function itemFile(index: number): string {
    return `${String(index + 1).padStart(9, '0')}.json`;
}

/**
 * A request as memory storage keeps it in its file.
 *
 * @param place Place in the queue, from 1: orders the requests that are not handled.
 */
export function requestContent(request: QueueRequest, place: number): Record<string, unknown> {
    const { id, method = 'GET', retryCount = 0, uniqueKey, url, handledAt } = request;
    const orderNo = handledAt ? null : place;
    return { id, json: JSON.stringify(request), method, orderNo, retryCount, uniqueKey, url };
}
