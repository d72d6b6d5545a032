import * as v from 'valibot';

import { STEP_FAULTS } from '../trial/expected.js';
import type { TrialSettings } from '../trial/settings.js';
import type { TrialSubject } from '../trial/steps.js';

const optional = <T extends v.GenericSchema<unknown, unknown>>(schema: T) =>
    v.optional(
        v.union([
            v.pipe(
                v.literal(''),
                v.transform(() => undefined),
            ),
            schema,
        ]),
    );
const numberBetween = (min: number, max: number) =>
    v.pipe(v.string(), v.transform(Number), v.number(), v.minValue(min), v.maxValue(max));
export const wholeBetween = (min: number, max: number) => v.pipe(numberBetween(min, max), v.integer());

/** What the lab's form sends; fields that were left empty are as if they were not there. */
export const labFormSchema = v.object({
    subject: v.string(),
    fault: v.picklist(['none', ...STEP_FAULTS]),
    at: optional(v.pipe(v.string(), v.maxLength(100))),
    times: optional(wholeBetween(1, 20)),
    products: optional(wholeBetween(1, 60)),
    latency: optional(wholeBetween(0, 10_000)),
    grace: optional(numberBetween(0, 60)),
    'read-lag': optional(numberBetween(0, 60)),
    'no-reboot': v.optional(v.string()),
    'no-graceful-shutdown': v.optional(v.string()),
});

export type LabForm = v.InferOutput<typeof labFormSchema>;

/** The settings that the lab's form asks for. */
export function settingsOf(form: LabForm): TrialSettings {
    const settings = {
        at: form.fault === 'none' ? undefined : form.at,
        times: form.fault === 'none' ? undefined : form.times,
        products: form.products,
        latencyMs: form.latency,
        grace: form.grace,
        readLagMillis: form['read-lag'] === undefined ? undefined : form['read-lag'] * 1_000,
        reboot: form['no-reboot'] === undefined ? undefined : false,
        gracefulShutdown: form['no-graceful-shutdown'] === undefined ? undefined : false,
    };
    const given = Object.entries(settings).filter(([, value]) => value !== undefined);
    return { fault: form.fault, ...Object.fromEntries(given) };
}

/** What the lab's form has to be filled in with to ask for a run; what is not named is left empty. */
export function fieldsOf(subject: TrialSubject['number'], settings: TrialSettings): Record<string, string> {
    const { fault, at, times, products, latencyMs, grace, readLagMillis, reboot, gracefulShutdown } = settings;
    const fields = {
        subject,
        fault,
        at,
        times,
        products,
        latency: latencyMs,
        grace,
        'read-lag': readLagMillis === undefined ? undefined : readLagMillis / 1_000,
        'no-reboot': reboot === false ? 'on' : undefined,
        'no-graceful-shutdown': gracefulShutdown === false ? 'on' : undefined,
    };
    const filled = Object.entries(fields).filter(([, value]) => value !== undefined);
    return Object.fromEntries(filled.map(([name, value]) => [name, String(value)]));
}
