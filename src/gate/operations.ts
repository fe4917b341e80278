/** Names of HTTP operations, as in `POST /notes/{noteId}`. */

export const operationName = ({ method, path }: { method: string; path: string }): string =>
  `${method.toUpperCase()} ${path.length > 1 ? path.replace(/\/$/, "") : path}`;

/** The operations of an OpenAPI document in its order. */
export const operationsOf = (document: { paths?: Record<string, object> }): string[] =>
  Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item)
      .filter((method) => METHODS.has(method))
      .map((method) => operationName({ method, path })),
  );

const METHODS = new Set(["get", "post", "put", "patch", "delete", "head", "options", "trace"]);
