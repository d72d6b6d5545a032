import { describe, expect, it } from 'vitest';

import { formatTrigger, parseTrigger, repeat, type Trigger } from './fault-plan.js';
import { UsageError } from '../base/usage-error.js';

const PAGES = ['search', 'product', 'offers'];

const TRIGGERS: [string, Trigger][] = [
    ['8s', { kind: 'time', millis: 8_000 }],
    ['500ms', { kind: 'time', millis: 500 }],
    ['every:30s', { kind: 'every', millis: 30_000 }],
    ['offers@3', { kind: 'page', page: 'offers', n: 3 }],
    ['search@1', { kind: 'page', page: 'search', n: 1 }],
    ['call@17:before', { kind: 'call', operation: 'any', n: 17, when: 'before' }],
    ['dataset_items_post@5:after', { kind: 'call', operation: 'dataset_items_post', n: 5, when: 'after' }],
];

describe('a trigger', () => {
    it.each(TRIGGERS)('%s is read and written the same', (text, trigger) => {
        expect(parseTrigger(text, PAGES)).toEqual(trigger);
        expect(formatTrigger(trigger)).toBe(text);
    });

    it('strikes after a call unless it says before', () => {
        expect(parseTrigger('call@2')).toMatchObject({ when: 'after' });
    });

    it.each([
        '',
        'every:1ms',
        'every:soon',
        'soon',
        '8',
        '-1s',
        'offers',
        'offers@0',
        'offers@2:after',
        'no_such_call@3',
        'call@1:during',
    ])("'%s' is refused with the forms that are allowed", (text) => {
        expect(() => parseTrigger(text, PAGES)).toThrow(UsageError);
        expect(() => parseTrigger(text, PAGES)).toThrow(/'product@2', 'offers@3'/);
    });
});

describe('where there are no pages to name', () => {
    it('a page is no trigger, and no page is offered', () => {
        expect(() => parseTrigger('offers@3')).toThrow(/^'offers' is no operation of the API/);
        expect(() => parseTrigger('offers')).toThrow(/Give a time \('8s', '500ms', 'every:30s'\) or an API call/);
    });
});

describe('a plan', () => {
    it('repeats a strike at multiples of its occasion', () => {
        const at = (text: string, times: number): string[] =>
            repeat({ fault: 'crash', trigger: parseTrigger(text, PAGES) }, times).map(({ trigger }) =>
                formatTrigger(trigger),
            );

        expect(at('offers@3', 3)).toEqual(['offers@3', 'offers@6', 'offers@9']);
        expect(at('2s', 2)).toEqual(['2s', '4s']);
        expect(at('call@5:before', 1)).toEqual(['call@5:before']);
    });
});
