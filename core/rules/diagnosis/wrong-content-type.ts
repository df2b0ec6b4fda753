import { groupBy } from "../group-by.ts";
import type { AccountDiagnosis } from "./finding.ts";

const minimumRequests = 20;
const unsupportedMediaType = 415;

/** The API does not read the kind of body that the client sends. */
export const wrongContentType: AccountDiagnosis = {
  kind: "wrong_content_type",
  find: ({ answered = [] }) => {
    const unread = answered.filter(({ status }) => status === unsupportedMediaType);
    return [...groupBy(unread, (one) => `${one.tokenId} ${one.endpointId}`).values()].flatMap((rows) => {
      const [first] = rows;
      const requests = rows.reduce((all, one) => all + one.requests, 0);
      if (!first || requests < minimumRequests) return [];
      const { tokenId, endpointId, method, path } = first;
      return [
        {
          ...{ kind: "wrong_content_type", tokenId, endpointId: endpointId === 0 ? null : endpointId },
          ...{
            fromMs: Math.min(...rows.map((one) => one.firstAtMs)),
            toMs: Math.max(...rows.map((one) => one.lastAtMs)),
          },
          ...{ requests, refused: requests, facts: { requests, method, path } },
        },
      ];
    });
  },
};
