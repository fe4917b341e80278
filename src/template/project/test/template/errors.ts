import typia from "typia";
import type { ErrorBody } from "../../src/error-filter";
import { actors, post, probe, SECRET_CAUSE } from "../probe";
import { scenario } from "../scenario";

const meta = { requirements: [], rules: [] };

const read = async (response: Response): Promise<ErrorBody> => typia.assert<ErrorBody>(await response.json());

scenario({ name: "template.errors.internal", title: "an unexpected error tells its cause to nobody", ...meta }, (bed) =>
  probe(async (send) => {
    const response = await send("/probe/failure");
    const text = await response.clone().text();
    const { message, ...body } = await read(response);
    const requestId = response.headers.get("x-request-id");
    bed.equals("body", body, { status: 500, code: "INTERNAL", requestId });
    for (const secret of [SECRET_CAUSE, "hunter2", "/srv", ".ts", "at "])
      bed.ok(`"${secret}" is not in ${message}`, !text.includes(secret));
  }),
);

scenario({ name: "template.errors.invalid", title: "an invalid body is told by place, not by value", ...meta }, (bed) =>
  probe(async (send) => {
    const response = await send("/probe/echo", post(JSON.stringify({ text: "much too long", extra: 1 })));
    const body = await read(response);
    bed.equals("status", [response.status, body.code], [400, "INVALID"]);
    bed.equals("errors", body.errors, [{ path: "$input.text", expected: "string & MaxLength<8>" }]);
    bed.ok("the value is not sent back", !JSON.stringify(body).includes("much too long"));
  }),
);

scenario({ name: "template.errors.malformed", title: "malformed JSON is refused with 400", ...meta }, (bed) =>
  probe(async (send) => {
    for (const text of ["{", '{"text": hunter2}', "", "[1", '"text"']) {
      const response = await send("/probe/echo", post(text));
      const body = await read(response);
      bed.equals(text, [response.status, body.code], [400, "INVALID"]);
      bed.ok("the text is not sent back", !JSON.stringify(body).includes("hunter2"));
    }
  }),
);

scenario({ name: "template.errors.size", title: "a body above one megabyte is refused with 413", ...meta }, (bed) =>
  probe(async (send) => {
    const response = await send("/probe/echo", post(JSON.stringify({ text: "x".repeat(1024 * 1024) })));
    const { code } = await read(response);
    bed.equals("answer", [response.status, code], [413, "TOO_LARGE"]);
  }),
);

scenario(
  { name: "template.errors.route", title: "a route that does not exist is 404 in the same form", ...meta },
  (bed) =>
    probe(async (send) => {
      const response = await send("/no/such/route", { headers: { "X-Request-Id": "seen-by-proxy" } });
      const { message: _, ...body } = await read(response);
      bed.equals("body", body, { status: 404, code: "NOT_FOUND", requestId: "seen-by-proxy" });
    }),
);

if (actors.length > 0)
  scenario({ name: "template.errors.order", title: "who may not call learns nothing about the body", ...meta }, (bed) =>
    probe(async (send) => {
      const account = await bed.account(actors[0]);
      const invalid = JSON.stringify({ text: 1 });
      const none = await send("/probe/mine", post(invalid));
      const bad = await send("/probe/mine", post(invalid, { Authorization: "Bearer nonsense" }));
      const good = await send("/probe/mine", post(invalid, { Authorization: `Bearer ${account.token.access}` }));
      bed.equals("statuses", [none.status, bad.status, good.status], [401, 401, 400]);
    }),
  );
