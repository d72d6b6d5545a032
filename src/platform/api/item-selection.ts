import { ApiError, invalidValue } from '../errors.js';
import type { DatasetItem } from '../../trace/dataset.js';
import type { Query } from './query.js';

/** The part of a dataset that one call asks for, and what becomes of its items. */
export interface ItemSelection {
    offset: number;
    /** As asked for, or {@link NO_LIMIT}. */
    limit: number;
    /** Places of the page's items: from the first up to the end, and without it. */
    first: number;
    end: number;
    /** The page begins with the last of them. */
    isDescending: boolean;
    /** Whether items come as they are. */
    isPlain: boolean;
    /** Whether each of them is one item in the result. */
    keepsCount: boolean;
    /** Reshapes the items of a page, as a whole or in portions. */
    reshape: (items: readonly DatasetItem[]) => DatasetItem[];
}

/** The limit that the platform names when a call sets none, as Apify's JavaScript client notes. */
export const NO_LIMIT = 999_999_999_999;

/** Changes items one by one, or leaves some out, or makes several of one. */
type Step =
    | { kind: 'change'; change: (item: DatasetItem) => DatasetItem }
    | { kind: 'filter'; isKept: (item: DatasetItem) => boolean }
    | { kind: 'unwind'; field: string };

/** Whether a JSON value is an object, and neither an array nor null. */
export const isObject = (value: unknown): value is DatasetItem =>
    typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Pages through a dataset, then reshapes the items of that page only. So a page can hold fewer items than `limit`
 * (`skipEmpty`, `clean`) or more (`unwind`). An item that needs no change is returned itself, not as a copy:
 * don't change what comes back.
 *
 * A field named in `fields` that an item lacks is `undefined` in the result: JSON leaves it out, while a table keeps
 * its column.
 *
 * The order of steps follows the examples in the dataset schema's description, where `fields` names what `unwind`
 * and `flatten` have made.
 *
 * @see https://docs.apify.com/api/v2/dataset-items-get
 * @see https://docs.apify.com/platform/actors/development/actor-definition/dataset-schema
 * @param total Number of items in the whole dataset.
 * @throws ApiError 400 for a malformed parameter, or for any `view`, as datasets have no schema here.
 */
export function readSelection(query: Query, total: number): ItemSelection {
    const view = query.string('view');
    if (view !== undefined) {
        throw new ApiError(
            400,
            'requested-dataset-view-does-not-exist',
            `The dataset has no view '${view}'. Leave out the query parameter 'view'.`,
        );
    }
    const offset = query.integer('offset') ?? 0;
    // The API treats 0 like no limit, as Apify's JavaScript client notes.
    const limit = query.integer('limit', { max: NO_LIMIT }) || NO_LIMIT;
    const isDescending = query.boolean('desc') ?? false;
    const [first, end] = isDescending ? [total - offset - limit, total - offset] : [offset, offset + limit];
    const within = (place: number): number => Math.min(total, Math.max(0, place));
    const steps = readSteps(query);
    return {
        offset,
        limit,
        first: within(first),
        end: within(end),
        isDescending,
        isPlain: steps.length === 0,
        keepsCount: steps.every(({ kind }) => kind === 'change'),
        reshape: (items) => steps.reduce(apply, [...items]),
    };
}

function apply(items: DatasetItem[], step: Step): DatasetItem[] {
    switch (step.kind) {
        case 'change':
            return items.map(step.change);
        case 'filter':
            return items.filter(step.isKept);
        case 'unwind':
            return items.flatMap((item) => unwindItem(item, step.field));
        default:
            return step satisfies never;
    }
}

/** The steps that the query asks for, in the order in which they apply. */
function readSteps(query: Query): Step[] {
    const clean = query.boolean('clean') ?? false;
    const skipHidden = query.boolean('skipHidden') ?? false;
    const skipEmpty = query.boolean('skipEmpty') ?? false;
    const flatten = readFields(query, 'flatten');
    const omit = readFields(query, 'omit');
    const steps: Step[] = [];
    if (query.boolean('skipFailedPages')) {
        steps.push({ kind: 'filter', isKept: (item) => !Object.hasOwn(item, 'errorInfo') });
    }
    if (query.boolean('simplified')) {
        steps.push(picking(['url', 'pageFunctionResult', 'errorInfo']), unwinding('pageFunctionResult'));
    }
    steps.push(...readFields(query, 'unwind').map(unwinding));
    if (flatten.length > 0) steps.push(changing((item) => flattenItem(item, flatten)));
    if (omit.length > 0) steps.push(changing((item) => omit.reduce(omitField, item)));
    if (clean || skipHidden) steps.push(changing((item) => dropFields(item, (field) => field.startsWith('#'))));
    steps.push(...readPicking(query));
    if (clean || skipEmpty) steps.push({ kind: 'filter', isKept: (item) => !isEmpty(item) });
    return steps;
}

const readFields = (query: Query, name: string): string[] => query.list(name)?.filter((field) => field !== '') ?? [];

function readPicking(query: Query): Step[] {
    const fields = readFields(query, 'fields');
    const outputFields = readFields(query, 'outputFields');
    if (outputFields.length > 0 && outputFields.length !== fields.length) {
        throw invalidValue(
            `Query parameter 'outputFields' must name as many fields as 'fields' does: ` +
                `it has ${outputFields.length}, 'fields' has ${fields.length}.`,
        );
    }
    return fields.length === 0 ? [] : [picking(fields, outputFields.length === 0 ? fields : outputFields)];
}

const changing = (change: (item: DatasetItem) => DatasetItem): Step => ({ kind: 'change', change });

const picking = (fields: string[], outputFields = fields): Step =>
    changing((item) =>
        Object.fromEntries(
            fields.map((field, i) => [outputFields[i]!, Object.hasOwn(item, field) ? item[field] : undefined]),
        ),
    );

const unwinding = (field: string): Step => ({ kind: 'unwind', field });

function unwindItem(item: DatasetItem, field: string): DatasetItem[] {
    const value = Object.hasOwn(item, field) ? item[field] : undefined;
    if (!Array.isArray(value) && !isObject(value)) return [item];
    const parent = dropFields(item, (name) => name === field);
    const elements: unknown[] = Array.isArray(value) ? value : [value];
    return elements.map((element) => ({ ...parent, ...(isObject(element) ? element : { [field]: element }) }));
}

function flattenItem(item: DatasetItem, fields: string[]): DatasetItem {
    if (!fields.some((field) => Object.hasOwn(item, field) && isObject(item[field]))) return item;
    return Object.fromEntries(
        Object.entries(item).flatMap(([name, value]) =>
            fields.includes(name) ? leaves(name, value) : [[name, value]],
        ),
    );
}

function leaves(path: string, value: unknown): [string, unknown][] {
    if (!isObject(value) || Object.keys(value).length === 0) return [[path, value]];
    return Object.entries(value).flatMap(([name, child]) => leaves(`${path}.${name}`, child));
}

/** `path` is a field's name or, as the dataset schema's description allows, that of a nested one, like `a.b`. */
function omitField(item: DatasetItem, path: string): DatasetItem {
    if (Object.hasOwn(item, path)) return dropFields(item, (name) => name === path);
    const [head = '', ...rest] = path.split('.');
    const child = Object.hasOwn(item, head) ? item[head] : undefined;
    if (rest.length === 0 || !isObject(child)) return item;
    const kept = omitField(child, rest.join('.'));
    return kept === child ? item : { ...item, [head]: kept };
}

function dropFields(item: DatasetItem, isDropped: (field: string) => boolean): DatasetItem {
    if (!Object.keys(item).some(isDropped)) return item;
    return Object.fromEntries(Object.entries(item).filter(([field]) => !isDropped(field)));
}

const isEmpty = (item: DatasetItem): boolean => Object.values(item).every((value) => value === undefined);
