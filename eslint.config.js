import js from "@eslint/js";
import astro from "eslint-plugin-astro";
import { defineConfig, globalIgnores } from "eslint/config";
import typescript from "typescript-eslint";

const TYPED = ["**/*.ts"];

const IN_CATALOGUE = "What pages say stands in src/site/text/en.json, so that a translation is one file.";
const WORDS = String.raw`/\p{L}{2}/u`;
/** Attributes that nobody reads or hears. */
const UNREAD = "JSXAttribute[name.name=/^(class|content|rel)$/]";
/** `LLL yyyy` is a form of dates. */
const DATE = String.raw`/^[dLyHm :]+$/`;
const SENTENCE = String.raw`/\p{L}{2}[,.:;]? \p{L}/u`;

export default defineConfig(
  globalIgnores(["dist/", ".astro/", ".cache/", "coverage/", "**/public/", "examples/*/data/"]),
  js.configs.recommended,
  astro.configs.recommended,
  {
    files: TYPED,
    extends: [typescript.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
  },
  {
    files: TYPED,
    rules: {
      // `tsc` knows these better.
      "no-undef": "off",
      "no-unused-vars": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // Numbers in messages are meant to be read as they are.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // Interfaces ask for promises where an implementation has nothing to wait for.
      "@typescript-eslint/require-await": "off",
      complexity: ["error", 15],
      "max-depth": ["error", 3],
    },
  },
  { files: ["test/**", "bench/**"], rules: { "@typescript-eslint/no-non-null-assertion": "off" } },
  {
    files: ["src/site/**/*.astro", "src/site/words/*.ts", "src/site/sections.ts", "src/site/metrics.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...[
          `JSXText[value=${WORDS}]`,
          `JSXAttribute[name.name=/^(title|label|note|none|head|alt|placeholder|aria-label|data-label)$/] > Literal[value=${WORDS}]`,
          // Values of columns are compared and looked up by what they are; errors are for us.
          `:not(BinaryExpression, SwitchCase, TSLiteralType, Property, NewExpression, ${UNREAD}) > Literal[value=${SENTENCE}]:not([value=${DATE}])`,
          `Property > Literal.value[value=${SENTENCE}]`,
          `:not(NewExpression) > TemplateLiteral > TemplateElement[value.raw=${SENTENCE}]`,
        ].map((selector) => ({ selector, message: IN_CATALOGUE })),
      ],
    },
  },
  {
    files: ["src/site/scripts/*.js"],
    languageOptions: {
      globals: Object.fromEntries(
        ["document", "history", "location", "TextEncoder", "setTimeout", "clearTimeout", "WORDS"].map((name) => [name, "readonly"]),
      ),
    },
  },
  {
    files: ["**/*.js"],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
  },
);
