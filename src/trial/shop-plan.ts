import { type FaultPlan, parsePlan, parseTrigger, type Trigger, triggerForms } from '../faults/fault-plan.js';
import { PAGE_KINDS } from '../shop/index.js';

/** How triggers are written where the demo shop serves pages. */
export const SHOP_TRIGGER_FORMS = triggerForms(PAGE_KINDS);

/**
 * Reads a trigger, which may be one of the shop's pages: `offers@3`.
 *
 * @throws UsageError that names the forms.
 */
export function parseShopTrigger(text: string): Trigger {
    return parseTrigger(text, PAGE_KINDS);
}

/**
 * Reads a whole plan, see `parsePlan`, whose triggers may be pages of the shop.
 *
 * @throws UsageError that names the forms.
 */
export function parseShopPlan(text: string): FaultPlan {
    return parsePlan(text, PAGE_KINDS);
}
