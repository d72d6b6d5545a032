/**
 * Checks what licences the packages have that are installed for production, and that the README says so. Exits with 1
 * when something does not hold.
 */
import { projectRoot } from '../base/paths.js';
import { findLicenceProblems, licencesIn } from './licences.js';
import { report } from './report.js';
import { readRepository } from './repository.js';

const repository = readRepository(projectRoot);
const licences = licencesIn(repository.get('package-lock.json') ?? '{}');
const packages = licences.reduce((sum, one) => sum + one.packages.length, 0);
report('Licences', findLicenceProblems(repository), `${packages} packages with ${licences.length} licences`);
