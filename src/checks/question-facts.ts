import { LESSONS } from '../course/lessons.js';
import { STEPS } from '../trial/steps.js';
import { linkChecker } from './markdown-links.js';
import { findUnknownCommands } from './npm-scripts.js';
import type { QuestionSource } from '../quiz/compile-questions.js';
import { problemAt, textsOf } from './question-texts.js';
import type { Problem, Repository } from './repository.js';

const VERSION_NUMBER = /\b\d+\.\d+\.\d+\b|\b(?:apify|crawlee|SDK) v?\d/i;
const NAMED_VERSION = /\b(apify|crawlee) (\d+\.\d+\.\d+)\b/gi;
const STEP = /\bsteps? (\d+)\b/gi;
const OPTION = /`--([a-z][a-z-]*)/g;

/** What a question names and what is not so: lessons, anchors, sources, commands, options, steps, versions. */
export function findWrongReferences(source: QuestionSource, repository: Repository): Problem[] {
    return [
        ...brokenLinks(source, repository),
        ...unknownNames(source, repository),
        ...wrongVersions(source, repository),
    ];
}

function brokenLinks({ file, question, lineOf }: QuestionSource, repository: Repository): Problem[] {
    const whatIsWrong = linkChecker(repository);
    const links = [
        ...question.lessons.map((href, i) => ({ href, path: ['lessons', i] })),
        ...question.probes.map(({ lesson }, i) => ({ href: lesson, path: ['probes', i, 'lesson'] })),
    ];
    const problems = links.flatMap(({ href, path }) => {
        const message = whatIsWrong(`/${href}`, file);
        return message === null ? [] : [{ file, line: lineOf(path), message }];
    });
    const lesson = LESSONS.find((one) => one.question === question.number);
    if (lesson && !question.lessons.some((href) => href.split('#')[0] === `lessons/${lesson.file}`)) {
        const message = `does not link to lessons/${lesson.file}, which prepares it`;
        problems.push({ file, line: lineOf(['lessons']), message });
    }
    return problems;
}

function unknownNames(source: QuestionSource, repository: Repository): Problem[] {
    const commandLines = [...repository]
        .filter(([file]) => /^src\/(?:mover\/)?cli\//.test(file))
        .map(([, text]) => text ?? '');
    return textsOf(source).flatMap((text) => {
        const commands = findUnknownCommands(repository, [[text.file, text.text]]).map(({ message }) => message);
        const steps = [...text.text.matchAll(STEP)]
            .filter(([, number]) => !STEPS.some((step) => String(step.number) === number))
            .map(([name]) => `names ${name}, which the solution does not have`);
        const options = [...text.text.matchAll(OPTION)]
            .filter(([, option]) => !commandLines.some((code) => code.includes(`--${option}`)))
            .map(([, option]) => `names the option --${option}, which no command has`);
        return [...commands, ...steps, ...options].map((message) => problemAt(text, message));
    });
}

/** A fact of a version is one of the version that is installed, so an update calls for another look at the question. */
function wrongVersions(source: QuestionSource, repository: Repository): Problem[] {
    const { dependencies = {} } = JSON.parse(repository.get('package.json') ?? '{}') as {
        dependencies?: Record<string, string>;
    };
    const { version } = source.question;
    return textsOf(source).flatMap((text) => {
        if (version === undefined && VERSION_NUMBER.test(text.text)) {
            return [problemAt(text, 'has a version number, but the question does not say its version')];
        }
        if (text.field !== 'version' && !text.field.endsWith('.ask')) return [];
        return [...text.text.matchAll(NAMED_VERSION)]
            .filter(([, name = '', number]) => dependencies[name.toLowerCase()] !== number)
            .map(([named]) => problemAt(text, `speaks of ${named}, but package.json has another version`));
    });
}
