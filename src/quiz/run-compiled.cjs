/*
 * The build puts this beside the quiz's bundle, which it runs with what V8 made of it when it was built: to compile it
 * anew is a third of the quiz's start. Without that, or on another Node, V8 compiles it as ever.
 */
const { existsSync, readFileSync } = require('node:fs');
const { Script } = require('node:vm');

const file = `${__dirname}/quiz-bundle.cjs`;
const compiled = `${file}.compiled`;
const script = new Script(
    `(function (exports, require, module, __filename, importOutside) {${readFileSync(file, 'utf8')}\n})`,
    {
        filename: file,
        cachedData: existsSync(compiled) ? readFileSync(compiled) : undefined,
    },
);
// For a script of its own, Node's loader is experimental yet, and says so to whoever runs it.
script.runInThisContext()(exports, require, module, file, async (outside) => import(outside));

exports.script = script;
