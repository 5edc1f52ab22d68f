import { dirname, relative } from 'node:path';
import ts from 'typescript';

/**
 * Promises nobody waits for: a statement whose value is a promise, neither awaited, returned, `void`ed nor caught, and
 * an async callback given to `forEach`. Each is a write that may be lost without a word.
 */
export function floatingPromisesIn(configPath: string): string[] {
  const { config, error } = ts.readConfigFile(configPath, ts.sys.readFile);
  if (error) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, '\n'));
  const root = dirname(configPath);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram(fileNames, { ...options, noEmit: true, incremental: false });
  const checker = program.getTypeChecker();
  const ours = new Set(program.getRootFileNames());
  return program
    .getSourceFiles()
    .filter((source) => ours.has(source.fileName) && !source.isDeclarationFile)
    .flatMap((source) => floatingIn(source, checker).map((line) => `${relative(root, source.fileName)}:${line}`));
}

function floatingIn(source: ts.SourceFile, checker: ts.TypeChecker): number[] {
  const lines: number[] = [];
  const visit = (node: ts.Node): void => {
    if (isFloating(node, checker)) lines.push(source.getLineAndCharacterOfPosition(node.getStart()).line + 1);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return lines;
}

function isFloating(node: ts.Node, checker: ts.TypeChecker): boolean {
  if (ts.isExpressionStatement(node)) return isPromise(node.expression, checker) && !isCaught(node.expression);
  return isCallOf(node, 'forEach') && node.arguments.some((argument) => isAsync(argument));
}

function isPromise(expression: ts.Expression, checker: ts.TypeChecker): boolean {
  if (ts.isAwaitExpression(expression) || ts.isVoidExpression(expression) || isAssignment(expression)) return false;
  const type = checker.getTypeAtLocation(expression);
  const parts = type.isUnion() ? type.types : [type];
  // Both: a reply of the web framework has a `then` and is no promise.
  return parts.some((part) => ['then', 'catch'].every((method) => isCallable(part.getProperty(method), expression, checker)));
}

function isCallable(symbol: ts.Symbol | undefined, at: ts.Node, checker: ts.TypeChecker): boolean {
  return symbol !== undefined && checker.getTypeOfSymbolAtLocation(symbol, at).getCallSignatures().length > 0;
}

function isCaught(expression: ts.Expression): boolean {
  if (isCallOf(expression, 'then')) return expression.arguments.length > 1;
  return isCallOf(expression, 'catch');
}

/** Kept in a variable or a field: whoever kept it waits for it. */
function isAssignment(expression: ts.Expression): boolean {
  if (!ts.isBinaryExpression(expression)) return false;
  const { kind } = expression.operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function isCallOf(node: ts.Node, method: string): node is ts.CallExpression {
  return ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === method;
}

function isAsync(node: ts.Node): boolean {
  const isFunction = ts.isArrowFunction(node) || ts.isFunctionExpression(node);
  return isFunction && (node.modifiers ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword);
}
