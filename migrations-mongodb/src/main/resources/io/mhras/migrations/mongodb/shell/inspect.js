// How a value looks when it is printed: as Node.js does it, which is how mongosh does it.
(function (shell) {
  'use strict';

  const WIDTH = 80;
  const MAX_ITEMS = 100;
  const INNER_LEVELS_IN_A_LINE = 3;
  const DEPTH = 6;

  const ESCAPES = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\' };

  function quoted(text) {
    const quote = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !/`|\$\{/.test(text) ? '`' : "'";
    const escaped = text.replace(/[\x00-\x1f\x7f-\x9f\\]/g, (letter) => {
      return ESCAPES[letter] ?? '\\x' + letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
    });
    return quote + (quote === "'" ? escaped.replace(/'/g, "\\'") : escaped) + quote;
  }

  function key(name) {
    if (typeof name === 'symbol') {
      return `[${String(name)}]`;
    }
    return /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(name) ? name : quoted(name);
  }

  function primitive(value) {
    switch (typeof value) {
      case 'string':
        return quoted(value);
      case 'number':
        return Object.is(value, -0) ? '-0' : String(value);
      case 'bigint':
        return `${value}n`;
      default:
        return String(value);
    }
  }

  function functionText(value) {
    const source = Function.prototype.toString.call(value);
    const kind = source.startsWith('class') ? 'class' : value.constructor?.name || 'Function';
    const name = value.name || '(anonymous)';
    return kind === 'class' ? `[class ${name}]` : value.name ? `[${kind}: ${name}]` : `[${kind} ${name}]`;
  }

  class Printer {
    #compact;
    #indentation = 0;
    #deepest = 0;
    #open = [];
    #circular = new Map();

    constructor(compact) {
      this.#compact = compact;
    }

    text(value, depth = 0) {
      if (value === null || typeof value !== 'object') {
        return typeof value === 'function' ? functionText(value) : this.#wrapped(value);
      }
      if (this.#open.includes(value)) {
        if (!this.#circular.has(value)) {
          this.#circular.set(value, this.#circular.size + 1);
        }
        return `[Circular *${this.#circular.get(value)}]`;
      }
      return this.#special(value, depth) ?? this.#object(value, depth);
    }

    // A long text with line breaks is printed line by line.
    #wrapped(value) {
      const long = typeof value === 'string' && value.length > 16 && value.length > WIDTH - this.#indentation - 4;
      return long
        ? value.split(/(?<=\n)/).map(quoted).join(` +\n${' '.repeat(this.#indentation + 2)}`)
        : primitive(value);
    }

    #special(value, depth) {
      if (shell.isShellObject(value)) {
        return value instanceof shell.Cursor ? this.text(value.toArray(), depth) : String(value);
      }
      if (value instanceof shell.Bulk) {
        return this.text(value.toJSON(), depth);
      }
      if (value._bsontype !== undefined && typeof value.inspect === 'function') {
        return value.inspect((nested) => this.text(nested, depth + 1));
      }
      if (value instanceof Date) {
        return Number.isNaN(value.getTime()) ? 'Invalid Date' : `ISODate('${value.toISOString()}')`;
      }
      if (value instanceof RegExp) {
        return RegExp.prototype.toString.call(value);
      }
      if (value instanceof Error) {
        return `${value.name}: ${value.message}`;
      }
      return undefined;
    }

    #object(value, depth) {
      const isArray = Array.isArray(value);
      const listed = isArray || ArrayBuffer.isView(value);
      const name = value.constructor?.name;
      const isPlain = isArray ? name === 'Array' : name === 'Object';
      const size = value instanceof Map || value instanceof Set ? value.size : listed && !isArray ? value.length : 0;
      const sized = value instanceof Map || value instanceof Set || (listed && !isArray);
      const prefix =
        name === undefined ? '[Object: null prototype] ' : isPlain ? '' : sized ? `${name}(${size}) ` : `${name} `;
      if (depth > DEPTH) {
        return isArray ? '[Array]' : `[${name ?? 'Object'}]`;
      }
      const braces = listed ? [`${prefix}[`, ']'] : [`${prefix}{`, '}'];
      this.#open.push(value);
      this.#deepest = depth;
      const parts = this.#indented(() => this.#parts(value, listed, depth));
      this.#open.pop();
      if (parts.length === 0) {
        return braces.join('');
      }
      const reference = this.#circular.has(value) ? `<ref *${this.#circular.get(value)}> ` : '';
      return reference + this.#joined(parts, braces, listed ? value : undefined, depth);
    }

    #indented(action) {
      this.#indentation += 2;
      const result = action();
      this.#indentation -= 2;
      return result;
    }

    #parts(value, listed, depth) {
      const parts = [];
      if (listed) {
        parts.push(...this.#items(value, depth));
      } else if (value instanceof Map) {
        value.forEach((each, k) => parts.push(`${this.text(k, depth + 1)} => ${this.text(each, depth + 1)}`));
      } else if (value instanceof Set) {
        value.forEach((each) => parts.push(this.text(each, depth + 1)));
      }
      for (const name of Object.keys(value)) {
        if (!listed || !/^[0-9]+$/.test(name)) {
          parts.push(`${key(name)}: ${this.text(value[name], depth + 1)}`);
        }
      }
      return parts;
    }

    #items(value, depth) {
      const items = [];
      let i = 0;
      while (i < value.length && items.length < MAX_ITEMS) {
        let holes = 0;
        while (i < value.length && !(i in value)) {
          holes++;
          i++;
        }
        items.push(holes ? `<${holes} empty item${holes > 1 ? 's' : ''}>` : this.text(value[i++], depth + 1));
      }
      if (i < value.length) {
        items.push(`... ${value.length - i} more item${value.length - i > 1 ? 's' : ''}`);
      }
      return items;
    }

    #joined(parts, braces, list, depth) {
      if (this.#compact) {
        const grouped = list !== undefined && parts.length > 6 ? this.#columns(parts, list) : parts;
        if (this.#deepest - depth < INNER_LEVELS_IN_A_LINE && grouped === parts) {
          const start = parts.length + this.#indentation + braces[0].length + 10;
          const length = parts.reduce((sum, part) => sum + part.length, parts.length + start);
          if (length <= WIDTH && !parts.some((part) => part.includes('\n'))) {
            return `${braces[0]} ${parts.join(', ')} ${braces[1]}`;
          }
        }
        parts = grouped;
      }
      const line = `\n${' '.repeat(this.#indentation)}`;
      return `${braces[0]}${line}  ${parts.join(`,${line}  `)}${line}${braces[1]}`;
    }

    // Node's own arithmetic: as many columns as make the block about as wide as it is high.
    #columns(parts, list) {
      const count = list.length > MAX_ITEMS ? parts.length - 1 : parts.length;
      const lengths = parts.slice(0, count).map((part) => part.length);
      const total = lengths.reduce((sum, length) => sum + length + 2, 0);
      const longest = Math.max(...lengths) + 2;
      if (longest * 3 + this.#indentation >= WIDTH || !(total / longest > 5 || longest - 2 <= 6)) {
        return parts;
      }
      const biased = Math.max(longest - 3 - Math.sqrt(longest - total / parts.length), 1);
      const columns = Math.min(
        Math.round(Math.sqrt(2.5 * biased * count) / biased),
        Math.floor((WIDTH - this.#indentation) / longest),
        INNER_LEVELS_IN_A_LINE * 4,
        15,
      );
      if (columns <= 1) {
        return parts;
      }
      const widths = Array.from({ length: columns }, (_, column) =>
        2 + Math.max(0, ...lengths.filter((_, i) => i % columns === column)),
      );
      const numbers = Array.from(list).every((each) => typeof each === 'number' || typeof each === 'bigint');
      const lines = [];
      for (let i = 0; i < count; i += columns) {
        const row = parts.slice(i, Math.min(i + columns, count));
        lines.push(row.map((part, column) => this.#cell(part, widths[column], column === row.length - 1, numbers)).join(''));
      }
      return count < parts.length ? [...lines, parts[count]] : lines;
    }

    #cell(part, width, isLast, numbers) {
      if (isLast) {
        return numbers ? part.padStart(width - 2) : part;
      }
      return numbers ? `${part}, `.padStart(width) : `${part}, `.padEnd(width);
    }
  }

  shell.inspect = (value, compact = true) => (typeof value === 'string' ? value : new Printer(compact).text(value));
});
