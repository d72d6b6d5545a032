/**
 * Checks of the code that no linter has: which room of the house imports which, and that each exported name has one
 * home. Exits with 1 when something does not hold.
 */
import { projectRoot } from '../base/paths.js';
import { findRepeatedNames } from './exported-names.js';
import { modulesOf } from './modules.js';
import { readRepository } from './repository.js';
import { report } from './report.js';
import { findForbiddenImports } from './rooms.js';

const modules = modulesOf(readRepository(projectRoot));
report('Code', [...findForbiddenImports(modules), ...findRepeatedNames(modules)], `${modules.length} modules`);
