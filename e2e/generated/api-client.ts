/** RFC 9457. */
export interface Problem {
  /**
   * Page that explains the code.
   * @format uri
   */
  type: string;
  title: string;
  status: number;
  /** What is wrong here and what to do. */
  detail: string;
  code:
    | "bad_request"
    | "unauthenticated"
    | "forbidden"
    | "account_closed"
    | "account_suspended"
    | "account_terminated"
    | "not_found"
    | "method_not_allowed"
    | "conflict"
    | "idempotency_conflict"
    | "gone"
    | "precondition_failed"
    | "payload_too_large"
    | "unsupported_media_type"
    | "invalid"
    | "idempotency_mismatch"
    | "throttled"
    | "internal"
    | "unavailable";
  /** Id of the request. */
  instance: string;
  errors?: {
    /** RFC 6901. */
    pointer: string;
    detail: string;
  }[];
}

export type QueryParamsType = Record<string | number, any>;
export type ResponseFormat = keyof Omit<Body, "body" | "bodyUsed">;

export interface FullRequestParams extends Omit<RequestInit, "body"> {
  /** set parameter to `true` for call `securityWorker` for this request */
  secure?: boolean;
  /** request path */
  path: string;
  /** content type of request body */
  type?: ContentType;
  /** query params */
  query?: QueryParamsType;
  /** format of response (i.e. response.json() -> format: "json") */
  format?: ResponseFormat;
  /** request body */
  body?: unknown;
  /** base url */
  baseUrl?: string;
  /** request cancellation token */
  cancelToken?: CancelToken;
}

export type RequestParams = Omit<
  FullRequestParams,
  "body" | "method" | "query" | "path"
>;

export interface ApiConfig<SecurityDataType = unknown> {
  baseUrl?: string;
  baseApiParams?: Omit<RequestParams, "baseUrl" | "cancelToken" | "signal">;
  securityWorker?: (
    securityData: SecurityDataType | null,
  ) => Promise<RequestParams | void> | RequestParams | void;
  customFetch?: typeof fetch;
}

export interface HttpResponse<D extends unknown, E extends unknown = unknown>
  extends Response {
  data: D;
  error: E;
}

type CancelToken = Symbol | string | number;

export type ContentType =
  | "application/json"
  | "application/vnd.api+json"
  | "multipart/form-data"
  | "application/x-www-form-urlencoded"
  | "text/plain";

export class HttpClient<SecurityDataType = unknown> {
  public baseUrl: string = "/api/v1";
  private securityData: SecurityDataType | null = null;
  private securityWorker?: ApiConfig<SecurityDataType>["securityWorker"];
  private abortControllers = new Map<CancelToken, AbortController>();
  private customFetch = (...fetchParams: Parameters<typeof fetch>) =>
    fetch(...fetchParams);

  private baseApiParams: RequestParams = {
    credentials: "same-origin",
    headers: {},
    redirect: "follow",
    referrerPolicy: "no-referrer",
  };

  constructor(apiConfig: ApiConfig<SecurityDataType> = {}) {
    Object.assign(this, apiConfig);
  }

  public setSecurityData = (data: SecurityDataType | null) => {
    this.securityData = data;
  };

  protected encodeQueryParam(key: string, value: any) {
    const encodedKey = encodeURIComponent(key);
    return `${encodedKey}=${encodeURIComponent(typeof value === "number" ? value : `${value}`)}`;
  }

  protected addQueryParam(query: QueryParamsType, key: string) {
    return this.encodeQueryParam(key, query[key]);
  }

  protected addArrayQueryParam(query: QueryParamsType, key: string) {
    const value = query[key];
    return value.map((v: any) => this.encodeQueryParam(key, v)).join("&");
  }

  protected toQueryString(rawQuery?: QueryParamsType): string {
    const query = rawQuery || {};
    const keys = Object.keys(query).filter(
      (key) => "undefined" !== typeof query[key],
    );
    return keys
      .map((key) =>
        Array.isArray(query[key])
          ? this.addArrayQueryParam(query, key)
          : this.addQueryParam(query, key),
      )
      .join("&");
  }

  protected addQueryParams(rawQuery?: QueryParamsType): string {
    const queryString = this.toQueryString(rawQuery);
    return queryString ? `?${queryString}` : "";
  }

  private contentFormatters: Record<ContentType, (input: any) => any> = {
    ["application/json"]: (input: any) =>
      input !== null && (typeof input === "object" || typeof input === "string")
        ? JSON.stringify(input)
        : input,
    ["application/vnd.api+json"]: (input: any) =>
      input !== null && (typeof input === "object" || typeof input === "string")
        ? JSON.stringify(input)
        : input,
    ["text/plain"]: (input: any) =>
      input !== null && typeof input !== "string"
        ? JSON.stringify(input)
        : input,
    ["multipart/form-data"]: (input: any) => {
      if (input instanceof FormData) {
        return input;
      }

      return Object.keys(input || {}).reduce((formData, key) => {
        const property = input[key];
        formData.append(
          key,
          property instanceof Blob
            ? property
            : typeof property === "object" && property !== null
              ? JSON.stringify(property)
              : `${property}`,
        );
        return formData;
      }, new FormData());
    },
    ["application/x-www-form-urlencoded"]: (input: any) =>
      this.toQueryString(input),
  };

  protected mergeRequestParams(
    params1: RequestParams,
    params2?: RequestParams,
  ): RequestParams {
    return {
      ...this.baseApiParams,
      ...params1,
      ...(params2 || {}),
      headers: {
        ...(this.baseApiParams.headers || {}),
        ...(params1.headers || {}),
        ...((params2 && params2.headers) || {}),
      },
    };
  }

  protected createAbortSignal = (
    cancelToken: CancelToken,
  ): AbortSignal | undefined => {
    if (this.abortControllers.has(cancelToken)) {
      const abortController = this.abortControllers.get(cancelToken);
      if (abortController) {
        return abortController.signal;
      }
      return void 0;
    }

    const abortController = new AbortController();
    this.abortControllers.set(cancelToken, abortController);
    return abortController.signal;
  };

  public abortRequest = (cancelToken: CancelToken) => {
    const abortController = this.abortControllers.get(cancelToken);

    if (abortController) {
      abortController.abort();
      this.abortControllers.delete(cancelToken);
    }
  };

  public request = async <T = any, E = any>({
    body,
    secure,
    path,
    type,
    query,
    format,
    baseUrl,
    cancelToken,
    ...params
  }: FullRequestParams): Promise<HttpResponse<T, E>> => {
    const secureParams =
      ((typeof secure === "boolean" ? secure : this.baseApiParams.secure) &&
        this.securityWorker &&
        (await this.securityWorker(this.securityData))) ||
      {};
    const requestParams = this.mergeRequestParams(params, secureParams);
    const queryString = query && this.toQueryString(query);
    const payloadFormatter = this.contentFormatters[type || "application/json"];
    const responseFormat = format || requestParams.format;

    return this.customFetch(
      `${baseUrl || this.baseUrl || ""}${path}${queryString ? `?${queryString}` : ""}`,
      {
        ...requestParams,
        headers: {
          ...(requestParams.headers || {}),
          ...(type && type !== "multipart/form-data"
            ? { "Content-Type": type }
            : {}),
        },
        signal:
          (cancelToken
            ? this.createAbortSignal(cancelToken)
            : requestParams.signal) || null,
        body:
          typeof body === "undefined" || body === null
            ? null
            : payloadFormatter(body),
      },
    ).then(async (response) => {
      const r = response as HttpResponse<T, E>;
      r.data = null as unknown as T;
      r.error = null as unknown as E;

      const responseToParse = responseFormat ? response.clone() : response;
      const data = !responseFormat
        ? r
        : await responseToParse[responseFormat]()
            .then((data) => {
              if (r.ok) {
                r.data = data;
              } else {
                r.error = data;
              }
              return r;
            })
            .catch((e) => {
              r.error = e;
              return r;
            });

      if (cancelToken) {
        this.abortControllers.delete(cancelToken);
      }

      if (!response.ok) throw data;
      return data;
    });
  };
}

/**
 * @title Gatehouse API
 * @version 0.1.0
 * @license Apache 2.0
 * @baseUrl /api/v1
 *
 * Call it with an account token that has scopes of Gatehouse, or with a staff key.
 *
 * Every POST takes an Idempotency-Key (kept 24 hours), every change `dry_run=true`. Lists have a `cursor`.
 *
 * It takes 600 calls a minute per account or key. Errors are problem documents (RFC 9457) with a stable `code`.
 */
export class Api<
  SecurityDataType extends unknown,
> extends HttpClient<SecurityDataType> {
  tokens = {
    /**
     * @description Newest first, live ones before revoked ones. Needs the permission `tokens:read`.
     *
     * @tags Tokens
     * @name TokensList
     * @summary List tokens
     * @request GET:/tokens
     * @secure
     */
    tokensList: (
      query?: {
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string;
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            name: string;
            state: "active" | "paused" | "expired" | "revoked";
            /** The only part of the secret that is shown again. */
            preview: string;
            scopes: string[];
            /** CIDR blocks; empty = from anywhere. */
            allowedNetworks: string[];
            capPerDay: number | null;
            capPerMinute: number | null;
            integrationId: string | null;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            createdAt: string;
            expiresAt: string | null;
            pausedAt: string | null;
            /** This pause is an action: it ends as the standing says, not by unpausing. */
            isPausedByProvider: boolean;
            revokedAt: string | null;
            revokedReason: string | null;
            lastUsedAt: string | null;
            /**
             * Increases with each change; used as the ETag.
             * @min -9007199254740991
             * @max 9007199254740991
             */
            version: number;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/tokens`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description The response is the only place the secret is shown. A token can grant only Gatehouse scopes it has itself. Needs the permission `tokens:write`.
     *
     * @tags Tokens
     * @name TokensCreate
     * @summary Create a token
     * @request POST:/tokens
     * @secure
     */
    tokensCreate: (
      data: {
        /**
         * @minLength 1
         * @maxLength 50
         */
        name: string;
        /**
         * @maxItems 100
         * @default []
         */
        scopes?: string[];
        /** @default null */
        expiresAt?: string | null;
        /**
         * @maxItems 50
         * @default []
         */
        allowedNetworks?: string[];
        /** @default null */
        capPerDay?: number | null;
        /** @default null */
        capPerMinute?: number | null;
        /** @default null */
        integrationId?: string | null;
        /**
         * @format uuid
         * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
         */
        accountId?: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          name: string;
          preview: string;
          /** Shown once. Not valid after a dry run. */
          secret: string;
        },
        Problem
      >({
        path: `/tokens`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `tokens:read`.
     *
     * @tags Tokens
     * @name TokensGet
     * @summary Get a token
     * @request GET:/tokens/{tokenId}
     * @secure
     */
    tokensGet: (tokenId: string, params: RequestParams = {}) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          name: string;
          state: "active" | "paused" | "expired" | "revoked";
          /** The only part of the secret that is shown again. */
          preview: string;
          scopes: string[];
          /** CIDR blocks; empty = from anywhere. */
          allowedNetworks: string[];
          capPerDay: number | null;
          capPerMinute: number | null;
          integrationId: string | null;
          /**
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          createdAt: string;
          expiresAt: string | null;
          pausedAt: string | null;
          /** This pause is an action: it ends as the standing says, not by unpausing. */
          isPausedByProvider: boolean;
          revokedAt: string | null;
          revokedReason: string | null;
          lastUsedAt: string | null;
          /**
           * Increases with each change; used as the ETag.
           * @min -9007199254740991
           * @max 9007199254740991
           */
          version: number;
        },
        Problem
      >({
        path: `/tokens/${tokenId}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Replaces name, scopes, expiry, addresses, caps and integration: send all of them, null or [] for none. The secret stays the same. Needs the permission `tokens:write`.
     *
     * @tags Tokens
     * @name TokensUpdate
     * @summary Change a token
     * @request PUT:/tokens/{tokenId}
     * @secure
     */
    tokensUpdate: (
      tokenId: string,
      data: {
        /**
         * @minLength 1
         * @maxLength 50
         */
        name: string;
        /** @maxItems 100 */
        scopes: string[];
        expiresAt?: string | null;
        /** @maxItems 50 */
        allowedNetworks: string[];
        capPerDay?: number | null;
        capPerMinute?: number | null;
        integrationId: string | null;
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version?: number;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          name: string;
          /**
           * @min -9007199254740991
           * @max 9007199254740991
           */
          version: number;
        },
        Problem
      >({
        path: `/tokens/${tokenId}`,
        method: "PUT",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Permanent. The token stays in the list, with the reason. Needs the permission `tokens:write`.
     *
     * @tags Tokens
     * @name TokensRevoke
     * @summary Revoke a token
     * @request DELETE:/tokens/{tokenId}
     * @secure
     */
    tokensRevoke: (
      tokenId: string,
      query?: {
        /**
         * @maxLength 200
         * @default ""
         */
        reason?: string;
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version?: number;
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/tokens/${tokenId}`,
        method: "DELETE",
        query: query,
        secure: true,
        ...params,
      }),

    /**
     * @description The gate answers `token_paused` from the next request. Needs the permission `tokens:write`.
     *
     * @tags Tokens
     * @name TokensPause
     * @summary Pause a token
     * @request POST:/tokens/{tokenId}/pause
     * @secure
     */
    tokensPause: (
      tokenId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      data?: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version?: number;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          name: string;
          /**
           * @min -9007199254740991
           * @max 9007199254740991
           */
          version: number;
        },
        Problem
      >({
        path: `/tokens/${tokenId}/pause`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description 409 while the provider has paused it: that ends as the standing says. Needs the permission `tokens:write`.
     *
     * @tags Tokens
     * @name TokensUnpause
     * @summary Unpause a token
     * @request POST:/tokens/{tokenId}/unpause
     * @secure
     */
    tokensUnpause: (
      tokenId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      data?: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version?: number;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          name: string;
          /**
           * @min -9007199254740991
           * @max 9007199254740991
           */
          version: number;
        },
        Problem
      >({
        path: `/tokens/${tokenId}/unpause`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Creates a new secret. The old one works for another `overlapHours`. Needs the permission `tokens:write`.
     *
     * @tags Tokens
     * @name TokensRotate
     * @summary Rotate a token
     * @request POST:/tokens/{tokenId}/rotate
     * @secure
     */
    tokensRotate: (
      tokenId: string,
      data: {
        /**
         * @min 0
         * @max 720
         */
        overlapHours: number;
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version?: number;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          name: string;
          preview: string;
          /** Shown once. Not valid after a dry run. */
          secret: string;
          /**
           * When the old secret stops working.
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          retiresAt: string;
        },
        Problem
      >({
        path: `/tokens/${tokenId}/rotate`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Null when the token was never rotated. `users` still use the old secret. Needs the permission `tokens:read`.
     *
     * @tags Tokens
     * @name TokensRotation
     * @summary Get the progress of a rotation
     * @request GET:/tokens/{tokenId}/rotation
     * @secure
     */
    tokensRotation: (tokenId: string, params: RequestParams = {}) =>
      this.request<
        {
          /**
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          startedAt: string;
          old: {
            preview: string;
            retiresAt: string | null;
            state: string;
          };
          current: {
            preview: string;
          };
          lastOldAt: string | null;
          users: {
            network: string;
            client: string;
            /**
             * @min 0
             * @max 9007199254740991
             */
            requests: number;
            lastAt: string | null;
          }[];
          isUsedAfterRetirement: boolean;
        } | null,
        Problem
      >({
        path: `/tokens/${tokenId}/rotation`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `tokens:write`.
     *
     * @tags Tokens
     * @name TokensExtendOverlap
     * @summary Change when the old secret stops working
     * @request POST:/tokens/{tokenId}/extend-overlap
     * @secure
     */
    tokensExtendOverlap: (
      tokenId: string,
      data: {
        /**
         * @exclusiveMin 0
         * @max 720
         */
        overlapHours: number;
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version?: number;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          name: string;
          /**
           * @min -9007199254740991
           * @max 9007199254740991
           */
          version: number;
          /**
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          retiresAt: string;
        },
        Problem
      >({
        path: `/tokens/${tokenId}/extend-overlap`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `tokens:write`.
     *
     * @tags Tokens
     * @name TokensRetireOld
     * @summary Retire the old secret now
     * @request POST:/tokens/{tokenId}/retire-old
     * @secure
     */
    tokensRetireOld: (
      tokenId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      data?: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version?: number;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          name: string;
          /**
           * @min -9007199254740991
           * @max 9007199254740991
           */
          version: number;
        },
        Problem
      >({
        path: `/tokens/${tokenId}/retire-old`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Returns what the gate would answer to this request now, without spending anything. Needs the permission `tokens:read`.
     *
     * @tags Tokens
     * @name TokensCheck
     * @summary Check what a token can do
     * @request POST:/tokens/{tokenId}/check
     * @secure
     */
    tokensCheck: (
      tokenId: string,
      data?: {
        /** @default "http" */
        surface?: "http" | "smtp" | "inbound";
        /**
         * @maxLength 20
         * @default "GET"
         */
        method?: string;
        /**
         * @maxLength 2000
         * @default "/"
         */
        path?: string;
        /** @default null */
        ip?: string | null;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          allowed: boolean;
          code: string;
          missingScope: string | null;
          steps: {
            /**
             * @min -9007199254740991
             * @max 9007199254740991
             */
            step: number;
            check: string;
            state: "passed" | "refused" | null;
          }[];
          limits: {
            name: string;
            limit: number | null;
          }[];
        },
        Problem
      >({
        path: `/tokens/${tokenId}/check`,
        method: "POST",
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),
  };
  usage = {
    /**
     * @description Grouped by outcome, code, token, endpoint or surface. With `Accept: text/csv` one row per time and group. Needs the permission `usage:read`.
     *
     * @tags Usage
     * @name UsageGet
     * @summary Requests over time
     * @request GET:/usage
     * @secure
     */
    usageGet: (
      query?: {
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string;
        /** @default "1h" */
        range?: "live" | "1h" | "24h" | "7d" | "30d" | "90d" | "13m";
        /** @default "outcome" */
        groupBy?: "outcome" | "code" | "token" | "endpoint" | "surface";
        /**
         * @format uuid
         * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
         */
        tokenId?: string;
        /**
         * @min 0
         * @max 9007199254740991
         */
        endpointId?: number;
        /** @default false */
        compare?: string | boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          range: string;
          /**
           * @min 0
           * @max 9007199254740991
           */
          stepSeconds: number;
          groupBy: string;
          keys: {
            key: string;
            label: string;
            /**
             * @min 0
             * @max 9007199254740991
             */
            requests: number;
            /** In the preceding period, with `compare`; otherwise null. */
            requestsBefore: number | null;
          }[];
          points: {
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            at: string;
            values: Partial<Record<string, number>>;
          }[];
          /** Requests per step of the preceding period, with `compare`; otherwise null. */
          before: number[] | null;
        },
        Problem
      >({
        path: `/usage`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),
  };
  quota = {
    /**
     * @description Does not count as a call. `limit` null = unlimited. Needs the permission `usage:read`.
     *
     * @tags Usage
     * @name UsageQuota
     * @summary The daily quota
     * @request GET:/quota
     * @secure
     */
    usageQuota: (
      query?: {
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          plan: string;
          limit: number | null;
          /**
           * @min 0
           * @max 9007199254740991
           */
          used: number;
          remaining: number | null;
          /**
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          resetAt: string;
          /**
           * @min 0
           * @max 9007199254740991
           */
          spentLastHour: number;
          /** The earlier of two estimates; null = it lasts until the reset. */
          runsOutAt: string | null;
        },
        Problem
      >({
        path: `/quota`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),
  };
  limits = {
    /**
     * @description Needs the permission `usage:read`.
     *
     * @tags Usage
     * @name UsageLimits
     * @summary List rate limits and how close they are
     * @request GET:/limits
     * @secure
     */
    usageLimits: (
      query?: {
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string;
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            endpoint: string;
            method: string;
            path: string;
            limit: number | null;
            /**
             * @min 0
             * @max 9007199254740991
             */
            windowSeconds: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            allowedNow: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            refusedNow: number;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/limits`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),
  };
  diagnosis = {
    /**
     * @description For the last 24 hours, most costly first: where, the numbers, and the one thing to change. Empty when there is nothing to change. Needs the permission `usage:read`.
     *
     * @tags Usage
     * @name UsageDiagnosis
     * @summary List what your clients do wrong
     * @request GET:/diagnosis
     * @secure
     */
    usageDiagnosis: (
      query?: {
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string;
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            kind:
              | "cost_above_limit"
              | "retries_without_waiting"
              | "thundering_herd"
              | "parallel_workers"
              | "no_backoff"
              | "demand_above_limit"
              | "calls_after_quota"
              | "quota_spent_by_one_token"
              | "single_sends"
              | "tight_polling"
              | "missing_scope"
              | "dead_token"
              | "same_request_refused"
              | "wrong_content_type"
              | "same_request_failed"
              | "walking_ids";
            title: string;
            tokenId: string | null;
            tokenName: string | null;
            endpoint: string | null;
            method: string | null;
            path: string | null;
            /**
             * Since when, as far as the 24 hours go back.
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            from: string;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            lastAt: string;
            /** Not seen for half an hour, or for two and a half of its periods. */
            isOver: boolean;
            /**
             * Requests it is about.
             * @min 0
             * @max 9007199254740991
             */
            requests: number;
            /**
             * Refused requests among them.
             * @min 0
             * @max 9007199254740991
             */
            refused: number;
            evidence: string;
            instruction: string;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/diagnosis`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),
  };
  refusals = {
    /**
     * @description The last 30 days, newest first. Needs the permission `usage:read`.
     *
     * @tags Usage
     * @name UsageRefusals
     * @summary Refused requests
     * @request GET:/refusals
     * @secure
     */
    usageRefusals: (
      query?: {
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string;
        /**
         * @format uuid
         * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
         */
        tokenId?: string;
        code?:
          | "allowed"
          | "malformed_token"
          | "unknown_token"
          | "token_revoked"
          | "token_expired"
          | "token_paused"
          | "account_closed"
          | "account_suspended"
          | "account_terminated"
          | "surface_suspended"
          | "ip_not_allowed"
          | "account_ip_not_allowed"
          | "ambiguous_path"
          | "unknown_endpoint"
          | "endpoint_denied"
          | "insufficient_scope"
          | "rate_limited"
          | "quota_exceeded";
        /** @maxLength 80 */
        receipt?: string;
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            receipt: string;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            at: string;
            tokenId: string | null;
            tokenName: string | null;
            endpointName: string | null;
            surface: string;
            code: string;
            method: string | null;
            path: string | null;
            ip: string | null;
            retryAfterSeconds: number | null;
            missingScope: string | null;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/refusals`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),
  };
  receipts = {
    /**
     * @description Returns the limit that refused it, the count in that second, and what used the limit up. Needs the permission `usage:read`.
     *
     * @tags Usage
     * @name UsageReceipt
     * @summary Explain why a request was refused
     * @request GET:/receipts/{receipt}
     * @secure
     */
    usageReceipt: (receipt: string, params: RequestParams = {}) =>
      this.request<
        {
          receipt: string;
          /**
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          at: string;
          tokenId: string | null;
          tokenName: string | null;
          endpointName: string | null;
          surface: string;
          code: string;
          method: string | null;
          path: string | null;
          ip: string | null;
          retryAfterSeconds: number | null;
          missingScope: string | null;
          /** False for most refusals of a busy minute: of these time, token, endpoint and code are kept. */
          hasDetails: boolean;
          limiter: {
            name: string;
            kind: "rate" | "quota";
            limit: number;
            /** In that second. */
            used: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            windowSeconds: number;
          } | null;
          /** What used the limit up, largest first; null where no limit refused it. */
          budget: {
            /**
             * @min 0
             * @max 9007199254740991
             */
            used: number;
            users: {
              /**
               * @format uuid
               * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
               */
              tokenId: string;
              tokenName: string | null;
              endpointName: string | null;
              /**
               * @min 0
               * @max 9007199254740991
               */
              used: number;
            }[];
          } | null;
        },
        Problem
      >({
        path: `/receipts/${receipt}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),
  };
  alertRules = {
    /**
     * @description Needs the permission `alerts:read`.
     *
     * @tags Alerts
     * @name AlertsRules
     * @summary List alert rules
     * @request GET:/alert-rules
     * @secure
     */
    alertsRules: (
      query?: {
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string;
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            kind: "quota" | "pace" | "rate_pressure" | "refused_share";
            /**
             * @min 0
             * @max 9007199254740991
             */
            thresholdPercent: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            cooldownSeconds: number;
            isMailed: boolean;
            disabledAt: string | null;
            /** When it last sent an alert. */
            firedAt: string | null;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/alert-rules`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Sent once per crossing, and not again within `cooldownSeconds`. Only `pace` allows thresholds above 100. Needs the permission `alerts:write`.
     *
     * @tags Alerts
     * @name AlertsCreateRule
     * @summary Add a rule
     * @request POST:/alert-rules
     * @secure
     */
    alertsCreateRule: (
      data: {
        kind: "quota" | "pace" | "rate_pressure" | "refused_share";
        /**
         * @min 1
         * @max 500
         */
        thresholdPercent: number;
        /**
         * @min 60
         * @max 604800
         * @default 3600
         */
        cooldownSeconds?: number;
        /** @default false */
        isMailed?: boolean | "1";
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
        },
        Problem
      >({
        path: `/alert-rules`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `alerts:write`.
     *
     * @tags Alerts
     * @name AlertsChangeRule
     * @summary Change a rule, or turn it on or off
     * @request PUT:/alert-rules/{ruleId}
     * @secure
     */
    alertsChangeRule: (
      ruleId: string,
      data: {
        /**
         * @min 60
         * @max 604800
         */
        cooldownSeconds: number;
        isMailed: boolean | "1";
        isOn: boolean | "1";
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/alert-rules/${ruleId}`,
        method: "PUT",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Alerts it sent stay in the history. Needs the permission `alerts:write`.
     *
     * @tags Alerts
     * @name AlertsDeleteRule
     * @summary Remove a rule
     * @request DELETE:/alert-rules/{ruleId}
     * @secure
     */
    alertsDeleteRule: (
      ruleId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/alert-rules/${ruleId}`,
        method: "DELETE",
        query: query,
        secure: true,
        ...params,
      }),
  };
  alerts = {
    /**
     * @description Needs the permission `alerts:read`.
     *
     * @tags Alerts
     * @name AlertsList
     * @summary The last 50 alerts, newest first
     * @request GET:/alerts
     * @secure
     */
    alertsList: (
      query?: {
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string;
        /** @default false */
        isUnseen?: boolean;
        /** @format date-time */
        before?: string;
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            kind: string;
            subject: string;
            body: string;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            at: string;
            seenAt: string | null;
            seenBy: string | null;
            /**
             * @min 0
             * @max 9007199254740991
             */
            mailsSent: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            mailsWaiting: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            mailsKept: number;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/alerts`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `alerts:write`.
     *
     * @tags Alerts
     * @name AlertsTest
     * @summary Send a test alert
     * @request POST:/alerts/test
     * @secure
     */
    alertsTest: (
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          alertId: string;
          /**
           * @min 0
           * @max 9007199254740991
           */
          mailed: number;
        },
        Problem
      >({
        path: `/alerts/test`,
        method: "POST",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),
  };
  account = {
    /**
     * @description Needs the permission `account:read`.
     *
     * @tags Account
     * @name AccountGet
     * @summary The account
     * @request GET:/account
     * @secure
     */
    accountGet: (
      query?: {
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          /** The provider's own id of the account. */
          externalId: string | null;
          name: string;
          slug: string;
          planName: string;
          quotaPerDay: number | null;
          standing:
            | "good"
            | "noticed"
            | "throttled"
            | "suspended"
            | "terminated";
          /**
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          createdAt: string;
          /** Set = closed: its tokens are refused. */
          closedAt: string | null;
          /** Set = its personal data is erased. */
          erasedAt: string | null;
        },
        Problem
      >({
        path: `/account`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `account:read`.
     *
     * @tags Account
     * @name AccountGetNetworks
     * @summary Networks that the account's tokens may call from
     * @request GET:/account/networks
     * @secure
     */
    accountGetNetworks: (
      query?: {
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /** CIDR blocks; empty = from anywhere. */
          allowedNetworks: string[];
          /** Tokens whose last call came from an address outside: they are refused from there. At most 20. */
          outside: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            tokenId: string;
            name: string;
            ip: string | null;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            at: string;
          }[];
        },
        Problem
      >({
        path: `/account/networks`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Applies beside each token's own list, from the next request, at the gate and to this API; an empty list allows any address. Signing in is not affected. With `dry_run=true` see which tokens would be refused (`outside`). A call that would lock out its own token is refused with 409. Needs the permission `networks:write`.
     *
     * @tags Account
     * @name AccountSetNetworks
     * @summary Set the networks that the account's tokens may call from
     * @request PUT:/account/networks
     * @secure
     */
    accountSetNetworks: (
      data: {
        /** @maxItems 50 */
        allowedNetworks: string[];
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /** CIDR blocks; empty = from anywhere. */
          allowedNetworks: string[];
          /** Tokens whose last call came from an address outside: they are refused from there. At most 20. */
          outside: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            tokenId: string;
            name: string;
            ip: string | null;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            at: string;
          }[];
          isChanged: boolean;
        },
        Problem
      >({
        path: `/account/networks`,
        method: "PUT",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `domains:read`.
     *
     * @tags Account
     * @name AccountListDomains
     * @summary E-mail domains of the account
     * @request GET:/account/domains
     * @secure
     */
    accountListDomains: (
      query?: {
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string;
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            domainId: string;
            domain: string;
            /** The TXT record that proves the domain. Leave it in DNS: it is checked every day. */
            record: {
              name: string;
              value: string;
            };
            /** Null = not proven. */
            provenAt: string | null;
            /** Since when the record is missing. The proof ends after seven days. */
            missingSince: string | null;
            /** Members with an address at the domain enter the account through its issuers only. An owner sets it. */
            isRequired: boolean;
            /** What DNS said last. `taken`: the record is there, and another account has proven the domain. */
            answer: "found" | "absent" | "no_answer" | "taken" | null;
            checkedAt: string | null;
            /** DNS is about to be asked. */
            isChecking: boolean;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/account/domains`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Publish the TXT record of the answer, then verify the domain. Domains of mail providers and public suffixes are refused. Needs the permission `domains:write`.
     *
     * @tags Account
     * @name AccountAddDomain
     * @summary Add an e-mail domain
     * @request POST:/account/domains
     * @secure
     */
    accountAddDomain: (
      data: {
        /** @maxLength 300 */
        domain: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          domainId: string;
          domain: string;
          /** The TXT record that proves the domain. Leave it in DNS: it is checked every day. */
          record: {
            name: string;
            value: string;
          };
        },
        Problem
      >({
        path: `/account/domains`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description DNS is asked within seconds; the list then says what came of it. Needs the permission `domains:write`.
     *
     * @tags Account
     * @name AccountCheckDomain
     * @summary Verify a domain
     * @request POST:/account/domains/{domainId}/verify
     * @secure
     */
    accountCheckDomain: (
      domainId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          domain: string;
        },
        Problem
      >({
        path: `/account/domains/${domainId}/verify`,
        method: "POST",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description A domain for which single sign-on is required is removed by an owner in person: 403. Needs the permission `domains:write`.
     *
     * @tags Account
     * @name AccountRemoveDomain
     * @summary Remove a domain
     * @request DELETE:/account/domains/{domainId}
     * @secure
     */
    accountRemoveDomain: (
      domainId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/account/domains/${domainId}`,
        method: "DELETE",
        query: query,
        secure: true,
        ...params,
      }),
  };
  provider = {
    /**
     * @description Needs the permission `provider:read`.
     *
     * @tags Account
     * @name ProviderGet
     * @summary Plans, endpoints and scopes of the API
     * @request GET:/provider
     * @secure
     */
    providerGet: (params: RequestParams = {}) =>
      this.request<
        {
          plans: {
            name: string;
            quotaPerDay: number | null;
          }[];
          endpoints: {
            /**
             * @min 0
             * @max 9007199254740991
             */
            id: number;
            name: string;
            surface: string;
            method: string;
            path: string;
            scope: string | null;
            rateLimit: number | null;
            /**
             * @min 0
             * @max 9007199254740991
             */
            windowSeconds: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            cost: number;
          }[];
          scopes: {
            name: string;
            area: string;
            description: string;
          }[];
        },
        Problem
      >({
        path: `/provider`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),
  };
  audit = {
    /**
     * @description Newest first. Staff keys see every account, or the one they name. Needs the permission `audit:read`.
     *
     * @tags Account
     * @name AuditList
     * @summary Audit log
     * @request GET:/audit
     * @secure
     */
    auditList: (
      query?: {
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string;
        /** @maxLength 100 */
        account?: string;
        /** @maxLength 60 */
        action?: string;
        /** @maxLength 100 */
        actor?: string;
        /** @maxLength 40 */
        subjectKind?: string;
        /** @maxLength 320 */
        subjectId?: string;
        /** @maxLength 100 */
        search?: string;
        /** @default false */
        withoutRoutine?: string | boolean;
        /** @format date-time */
        from?: string;
        /** @format date-time */
        until?: string;
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @min -9007199254740991
             * @max 9007199254740991
             */
            id: number;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            at: string;
            accountId: string | null;
            actorKind: string;
            actorName: string;
            ip: string | null;
            action: string;
            subjectKind: string;
            subjectId: string;
            subjectName: string | null;
            data: Partial<Record<string, any>>;
            requestId: string;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/audit`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),
  };
  standing = {
    /**
     * @description Needs the permission `standing:read`.
     *
     * @tags Standing
     * @name StandingGet
     * @summary Get the standing and its reasons
     * @request GET:/standing
     * @secure
     */
    standingGet: (
      query?: {
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          standing:
            | "good"
            | "noticed"
            | "throttled"
            | "suspended"
            | "terminated";
          actions: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            type: string;
            state: string;
            isInForce: boolean;
            surface: string | null;
            appliedAt: string | null;
            endsAt: string | null;
            endedAt: string | null;
            billingConsequence: string;
            /** Null while the provider has not given notice yet. */
            statement: {
              reasonCode: string;
              reasonTitle: string;
              publicText: string;
              clause: {
                number: string;
                title: string;
                text: string;
              } | null;
            } | null;
          }[];
        },
        Problem
      >({
        path: `/standing`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),
  };
  notices = {
    /**
     * @description Needs the permission `standing:read`.
     *
     * @tags Standing
     * @name NoticesList
     * @summary Notices to the account
     * @request GET:/notices
     * @secure
     */
    noticesList: (
      query?: {
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string;
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            actionId: string | null;
            kind: string;
            subject: string;
            body: string;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            createdAt: string;
            acknowledgedAt: string | null;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/notices`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `notices:acknowledge`.
     *
     * @tags Standing
     * @name NoticesAcknowledge
     * @summary Acknowledge a notice
     * @request POST:/notices/{noticeId}/acknowledge
     * @secure
     */
    noticesAcknowledge: (
      noticeId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/notices/${noticeId}/acknowledge`,
        method: "POST",
        query: query,
        secure: true,
        ...params,
      }),
  };
  staff = {
    /**
     * @description Needs the permission `identity:write`.
     *
     * @tags Staff: single sign-on
     * @name StaffDomainsList
     * @summary E-mail domains that accounts have proven
     * @request GET:/staff/domains
     * @secure
     */
    staffDomainsList: (
      query?: {
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            domainId: string;
            domain: string;
            /** Null = not proven. */
            provenAt: string | null;
            /** Since when the record is missing. The proof ends after seven days. */
            missingSince: string | null;
            /** Members with an address at the domain enter the account through its issuers only. An owner sets it. */
            isRequired: boolean;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            accountId: string;
            accountName: string;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/staff/domains`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description With a personal key of an admin. The account's owners get the reason by mail. Needs the permission `identity:write`.
     *
     * @tags Staff: single sign-on
     * @name StaffDomainsRemove
     * @summary Take a domain off an account
     * @request POST:/staff/domains/{domainId}/remove
     * @secure
     */
    staffDomainsRemove: (
      domainId: string,
      data: {
        /**
         * @minLength 1
         * @maxLength 500
         */
        reason: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/domains/${domainId}/remove`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Needs the permission `accounts:list`.
     *
     * @tags Staff: accounts
     * @name StaffAccountsList
     * @summary Find accounts
     * @request GET:/staff/accounts
     * @secure
     */
    staffAccountsList: (
      query?: {
        /**
         * @maxLength 100
         * @default ""
         */
        search?: string;
        /** @default "requests" */
        sort?: "requests" | "name" | "newest";
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            externalId: string | null;
            name: string;
            slug: string;
            planName: string;
            standing:
              | "good"
              | "noticed"
              | "throttled"
              | "suspended"
              | "terminated";
            /**
             * @min 0
             * @max 9007199254740991
             */
            requestsToday: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            refusedToday: number;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            createdAt: string;
            closedAt: string | null;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/staff/accounts`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description The owner is invited by mail: `sentTo` says where. Without a mail server `secret` is the one-time secret of their link `/invite/{secret}`, for you to hand over. Needs the permission `account:create`.
     *
     * @tags Staff: accounts
     * @name StaffAccountsOpen
     * @summary Open an account
     * @request POST:/staff/accounts
     * @secure
     */
    staffAccountsOpen: (
      data: {
        /**
         * @minLength 1
         * @maxLength 100
         */
        name: string;
        /** @minLength 1 */
        plan: string;
        email: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          accountId: string;
          secret: string | null;
          sentTo: string | null;
        },
        Problem
      >({
        path: `/staff/accounts`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `cases:read`.
     *
     * @tags Staff: cases
     * @name StaffCasesList
     * @summary Cases, most urgent first
     * @request GET:/staff/cases
     * @secure
     */
    staffCasesList: (
      query?: {
        /** @default "open" */
        view?: "open" | "mine" | "unassigned" | "closed";
        /** @maxLength 100 */
        search?: string;
        /** @maxLength 60 */
        detector?: string;
        reasonCode?:
          | "rate_excess"
          | "quota_excess"
          | "retry_storm"
          | "probing"
          | "credential_attack"
          | "token_leak"
          | "token_sharing"
          | "resale"
          | "spam"
          | "tampering"
          | "security_incident"
          | "payment"
          | "legal_order"
          | "other";
        /**
         * @min 1
         * @max 3
         */
        severity?: number;
        /**
         * @exclusiveMin 0
         * @max 9007199254740991
         */
        planId?: number;
        /**
         * @format uuid
         * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
         */
        assigneeUserId?: string;
        standing?:
          | "good"
          | "noticed"
          | "throttled"
          | "suspended"
          | "terminated";
        /**
         * @min 1
         * @max 8760
         */
        openForHours?: number;
        /** @default "priority" */
        order?: "priority" | "oldest" | "newest";
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            state:
              | "new"
              | "assigned"
              | "snoozed"
              | "waiting_for_owner"
              | "pending_approval"
              | "escalated"
              | "closed";
            outcome: string | null;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            accountId: string;
            accountName: string;
            assigneeUserId: string | null;
            assigneeName: string | null;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            openedAt: string;
            closedAt: string | null;
            standing:
              | "good"
              | "noticed"
              | "throttled"
              | "suspended"
              | "terminated";
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/staff/cases`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description With what was found as its first note. Joins the account’s open case if there is one. Needs the permission `cases:work`.
     *
     * @tags Staff: cases
     * @name StaffCasesOpen
     * @summary Open a case
     * @request POST:/staff/cases
     * @secure
     */
    staffCasesOpen: (
      data: {
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId: string;
        /**
         * @minLength 1
         * @maxLength 4000
         */
        text: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          caseId: string;
        },
        Problem
      >({
        path: `/staff/cases`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `cases:read`.
     *
     * @tags Staff: cases
     * @name StaffCasesGet
     * @summary A case with its flags and timeline
     * @request GET:/staff/cases/{caseId}
     * @secure
     */
    staffCasesGet: (caseId: string, params: RequestParams = {}) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          state:
            | "new"
            | "assigned"
            | "snoozed"
            | "waiting_for_owner"
            | "pending_approval"
            | "escalated"
            | "closed";
          outcome: string | null;
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          accountId: string;
          accountName: string;
          assigneeUserId: string | null;
          assigneeName: string | null;
          /**
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          openedAt: string;
          closedAt: string | null;
          standing:
            | "good"
            | "noticed"
            | "throttled"
            | "suspended"
            | "terminated";
          /**
           * @min 0
           * @max 9007199254740991
           */
          version: number;
          flags: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            detector: string;
            state: string;
            severity: number;
            summary: string;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            lastSeenAt: string;
            dismissReason?:
              | "expected_load"
              | "broken_client"
              | "our_fault"
              | "duplicate"
              | "not_abuse"
              | null;
          }[];
          timeline: {
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            at: string;
            type: string;
            actorName: string;
            data: Partial<Record<string, any>>;
          }[];
        },
        Problem
      >({
        path: `/staff/cases/${caseId}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `cases:work`.
     *
     * @tags Staff: cases
     * @name StaffCasesClaim
     * @summary Claim a case
     * @request POST:/staff/cases/{caseId}/claim
     * @secure
     */
    staffCasesClaim: (
      caseId: string,
      data: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version: number;
        /** @default false */
        takesOver?: string | boolean;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/cases/${caseId}/claim`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Needs the permission `cases:work`.
     *
     * @tags Staff: cases
     * @name StaffCasesNote
     * @summary Add a note
     * @request POST:/staff/cases/{caseId}/notes
     * @secure
     */
    staffCasesNote: (
      caseId: string,
      data: {
        /**
         * @minLength 1
         * @maxLength 4000
         */
        text: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/cases/${caseId}/notes`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Needs the permission `cases:work`.
     *
     * @tags Staff: cases
     * @name StaffCasesClose
     * @summary Close a case
     * @request POST:/staff/cases/{caseId}/close
     * @secure
     */
    staffCasesClose: (
      caseId: string,
      data: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version: number;
        outcome:
          | "no_abuse"
          | "broken_client_helped"
          | "notice"
          | "throttled"
          | "token_paused"
          | "suspended"
          | "terminated"
          | "duplicate"
          | "our_fault";
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/cases/${caseId}/close`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Needs the permission `cases:work`.
     *
     * @tags Staff: cases
     * @name StaffFlagsDismiss
     * @summary Dismiss a flag
     * @request POST:/staff/flags/{flagId}/dismiss
     * @secure
     */
    staffFlagsDismiss: (
      flagId: string,
      data: {
        reason:
          | "expected_load"
          | "broken_client"
          | "our_fault"
          | "duplicate"
          | "not_abuse";
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/flags/${flagId}/dismiss`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Needs the permission `gates:read`.
     *
     * @tags Staff: gates
     * @name StaffGatesList
     * @summary Gates and whether they are live
     * @request GET:/staff/gates
     * @secure
     */
    staffGatesList: (
      query?: {
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            id: string;
            isLive: boolean;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            startedAt: string;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            lastSeenAt: string;
            stoppedAt: string | null;
            /**
             * @min 0
             * @max 9007199254740991
             */
            decisions: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            journalLagBytes: number;
            /** Since when the oldest decision waits to be counted although the database answers. */
            uncountedSince: string | null;
            /** It waits too long: quotas, charts and detectors miss decisions of this gate. */
            isImportStalled: boolean;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/staff/gates`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Recorded in the log of views. Needs the permission `accounts:list`.
     *
     * @tags Staff: accounts
     * @name StaffAccountsGetByExternalId
     * @summary An account by your own id
     * @request GET:/staff/accounts/by-external-id/{externalId}
     * @secure
     */
    staffAccountsGetByExternalId: (
      externalId: string,
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          /** The provider's own id of the account. */
          externalId: string | null;
          name: string;
          slug: string;
          planName: string;
          quotaPerDay: number | null;
          standing:
            | "good"
            | "noticed"
            | "throttled"
            | "suspended"
            | "terminated";
          /**
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          createdAt: string;
          /** Set = closed: its tokens are refused. */
          closedAt: string | null;
          /** Set = its personal data is erased. */
          erasedAt: string | null;
          isProtected: boolean;
          reachesPrivateNetworks: boolean;
        },
        Problem
      >({
        path: `/staff/accounts/by-external-id/${externalId}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Repeat-safe: the same call again changes nothing, records nothing and sends nothing; `outcome` is `unchanged` then. `members` are invited by mail and join when they accept; whoever is not in the list is removed, except the last owner, who is in `kept`. Leave `members` or `isProtected` out to keep them. An automation key cannot set `isProtected` to false. Without a mail server `secret` is the one-time secret of a link `/invite/{secret}`. Needs the permission `accounts:provision`.
     *
     * @tags Staff: accounts
     * @name StaffAccountsProvision
     * @summary Create or update an account by your own id
     * @request PUT:/staff/accounts/by-external-id/{externalId}
     * @secure
     */
    staffAccountsProvision: (
      externalId: string,
      data: {
        /**
         * @minLength 1
         * @maxLength 100
         */
        name: string;
        /** @minLength 1 */
        plan: string;
        /** @maxItems 200 */
        members?: {
          email: string;
          role: "owner" | "developer" | "viewer";
        }[];
        isProtected?: boolean;
        /** @default false */
        renewInvitations?: boolean;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          accountId: string;
          externalId: string;
          outcome: "created" | "changed" | "unchanged";
          /** What differed from the call; empty for a new account without members. */
          changes: ("name" | "plan" | "isProtected" | "members")[];
          members: {
            invited: {
              email: string;
              role: "owner" | "developer" | "viewer";
              secret: string | null;
              sentTo: string | null;
              /**
               * @format date-time
               * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
               */
              expiresAt: string;
            }[];
            /**
             * Members who got another role.
             * @min 0
             * @max 9007199254740991
             */
            changed: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            removed: number;
            /**
             * Open invitations that were revoked.
             * @min 0
             * @max 9007199254740991
             */
            withdrawn: number;
            /** Owners who stay although the list wants otherwise: nobody else is an owner yet. */
            kept: {
              /**
               * @format uuid
               * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
               */
              userId: string;
              email: string;
            }[];
          } | null;
        },
        Problem
      >({
        path: `/staff/accounts/by-external-id/${externalId}`,
        method: "PUT",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Null removes it. Needs the permission `accounts:provision`.
     *
     * @tags Staff: accounts
     * @name StaffAccountsSetExternalId
     * @summary Set your own id of an account
     * @request PUT:/staff/accounts/{accountId}/external-id
     * @secure
     */
    staffAccountsSetExternalId: (
      accountId: string,
      data: {
        externalId: ("" | string) | null;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          externalId: string | null;
          isChanged: boolean;
        },
        Problem
      >({
        path: `/staff/accounts/${accountId}/external-id`,
        method: "PUT",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Recorded in the log of views. Needs the permission `account:read`.
     *
     * @tags Staff: accounts
     * @name StaffAccountsGet
     * @summary An account
     * @request GET:/staff/accounts/{accountId}
     * @secure
     */
    staffAccountsGet: (accountId: string, params: RequestParams = {}) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          /** The provider's own id of the account. */
          externalId: string | null;
          name: string;
          slug: string;
          planName: string;
          quotaPerDay: number | null;
          standing:
            | "good"
            | "noticed"
            | "throttled"
            | "suspended"
            | "terminated";
          /**
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          createdAt: string;
          /** Set = closed: its tokens are refused. */
          closedAt: string | null;
          /** Set = its personal data is erased. */
          erasedAt: string | null;
          isProtected: boolean;
          reachesPrivateNetworks: boolean;
        },
        Problem
      >({
        path: `/staff/accounts/${accountId}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description From the recorded traffic of the last 24 hours: for the account (`account`) and each surface, token and endpoint that had any. Needs the permission `cases:read`.
     *
     * @tags Staff: accounts
     * @name StaffAccountsImpact
     * @summary Preview what an action would stop
     * @request GET:/staff/accounts/{accountId}/impact
     * @secure
     */
    staffAccountsImpact: (accountId: string, params: RequestParams = {}) =>
      this.request<
        {
          reaches: {
            key: string;
            /**
             * @min 0
             * @max 9007199254740991
             */
            requests: number;
            /** Share that was allowed, 0 to 1. */
            cleanShare: number | null;
            /** Requests per hour, the oldest first. */
            hours: number[];
          }[];
          /**
           * @min 0
           * @max 9007199254740991
           */
          members: number;
          /**
           * @min 0
           * @max 9007199254740991
           */
          integrations: number;
          lastSignInAt: string | null;
        },
        Problem
      >({
        path: `/staff/accounts/${accountId}/impact`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description From the next request on. Needs the permission `accounts:limit`.
     *
     * @tags Staff: accounts
     * @name StaffAccountsPlan
     * @summary Change the account's plan
     * @request PUT:/staff/accounts/{accountId}/plan
     * @secure
     */
    staffAccountsPlan: (
      accountId: string,
      data: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        planId: number;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          before: string;
          after: string;
        },
        Problem
      >({
        path: `/staff/accounts/${accountId}/plan`,
        method: "PUT",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description A protected account needs a second person for every action except a notice. Whoever removes the protection needs one for another 24 hours. Needs the permission `accounts:limit`.
     *
     * @tags Staff: accounts
     * @name StaffAccountsProtect
     * @summary Protect or unprotect an account
     * @request PUT:/staff/accounts/{accountId}/protection
     * @secure
     */
    staffAccountsProtect: (
      accountId: string,
      data: {
        isProtected: string | boolean;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/accounts/${accountId}/protection`,
        method: "PUT",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Its tokens are refused with `account_closed` from the next request; members can read and export. Owners get `reason` by mail. Nothing is deleted. Closing a closed account changes nothing. A protected account is refused. Needs the permission `accounts:close`.
     *
     * @tags Staff: accounts
     * @name StaffAccountsClose
     * @summary Close an account
     * @request POST:/staff/accounts/{accountId}/close
     * @secure
     */
    staffAccountsClose: (
      accountId: string,
      data: {
        /**
         * @minLength 1
         * @maxLength 500
         */
        reason: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          closedAt: string | null;
          isChanged: boolean;
        },
        Problem
      >({
        path: `/staff/accounts/${accountId}/close`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Its tokens work as before. Owners get `reason` by mail. Needs the permission `accounts:close`.
     *
     * @tags Staff: accounts
     * @name StaffAccountsReopen
     * @summary Reopen a closed account
     * @request POST:/staff/accounts/{accountId}/reopen
     * @secure
     */
    staffAccountsReopen: (
      accountId: string,
      data: {
        /**
         * @minLength 1
         * @maxLength 500
         */
        reason: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          closedAt: string | null;
          isChanged: boolean;
        },
        Problem
      >({
        path: `/staff/accounts/${accountId}/reopen`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Cannot be undone. Names, addresses, free texts and the people who are in no other account are erased; usage counts and the audit chain stay. From ACCOUNT_ERASE_AFTER_DAYS after closing, or at any time with `isImmediate`. An admin's personal key can do it, an automation key cannot. Needs the permission `accounts:erase`.
     *
     * @tags Staff: accounts
     * @name StaffAccountsErase
     * @summary Erase the personal data of a closed account
     * @request POST:/staff/accounts/{accountId}/erase
     * @secure
     */
    staffAccountsErase: (
      accountId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      data?: {
        /** @default false */
        isImmediate?: boolean | string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          erasedAt: string;
          isChanged: boolean;
          /**
           * People who were in no other account.
           * @min 0
           * @max 9007199254740991
           */
          persons: number;
        },
        Problem
      >({
        path: `/staff/accounts/${accountId}/erase`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Applies to the networks in WEBHOOK_ALLOWED_NETWORKS. An account reaches public addresses only unless allowed. Needs the permission `accounts:limit`.
     *
     * @tags Staff: accounts
     * @name StaffAccountsPrivateNetworks
     * @summary Allow or close private networks for an account's webhooks
     * @request PUT:/staff/accounts/{accountId}/private-networks
     * @secure
     */
    staffAccountsPrivateNetworks: (
      accountId: string,
      data: {
        reachesPrivateNetworks: string | boolean;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/accounts/${accountId}/private-networks`,
        method: "PUT",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description A quota, or the rate limit of one endpoint, from a time on and until a time. Needs the permission `accounts:limit`.
     *
     * @tags Staff: accounts
     * @name StaffOverridesAdd
     * @summary Override a limit for an account
     * @request POST:/staff/accounts/{accountId}/overrides
     * @secure
     */
    staffOverridesAdd: (
      accountId: string,
      data: {
        kind: "quota" | "rate_limit";
        /**
         * @exclusiveMin 0
         * @max 9007199254740991
         */
        endpointId?: number;
        /**
         * @min 0
         * @max 1000000000
         */
        value: number;
        /** @format date-time */
        startsAt?: string;
        /** @format date-time */
        endsAt?: string;
        /**
         * @minLength 3
         * @maxLength 500
         */
        reason: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          overrideId: string;
        },
        Problem
      >({
        path: `/staff/accounts/${accountId}/overrides`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `accounts:limit`.
     *
     * @tags Staff: accounts
     * @name StaffOverridesEnd
     * @summary End an override
     * @request DELETE:/staff/overrides/{overrideId}
     * @secure
     */
    staffOverridesEnd: (
      overrideId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/overrides/${overrideId}`,
        method: "DELETE",
        query: query,
        secure: true,
        ...params,
      }),

    /**
     * @description Standing, actions, plan, quota, exceptions, tokens and members at `at`, from what is recorded. `recordedFrom` is where the record of acts begins; a role of null is not recorded. Needs the permission `accounts:list`.
     *
     * @tags Staff: accounts
     * @name StaffAccountsAsOf
     * @summary Get an account as of a point in time
     * @request GET:/staff/accounts/{accountId}/as-of
     * @secure
     */
    staffAccountsAsOf: (
      accountId: string,
      query: {
        /** @format date-time */
        at: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          name: string;
          /**
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          at: string;
          existed: boolean;
          recordedFrom: string | null;
          standing: string;
          actions: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            type: string;
            reasonCode: string;
            appliedAt: string | null;
          }[];
          planName: string | null;
          quotaPerDay: number | null;
          exceptions: {
            kind: string;
            value: number;
            reason: string;
          }[];
          tokens: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            name: string;
            state: string;
            editedSince: boolean;
          }[];
          members: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            userId: string;
            name: string | null;
            role: string | null;
          }[];
        },
        Problem
      >({
        path: `/staff/accounts/${accountId}/as-of`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `cases:work`.
     *
     * @tags Staff: cases
     * @name StaffCasesRelease
     * @summary Release a case
     * @request POST:/staff/cases/{caseId}/release
     * @secure
     */
    staffCasesRelease: (
      caseId: string,
      data: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version: number;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/cases/${caseId}/release`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Needs the permission `cases:work`.
     *
     * @tags Staff: cases
     * @name StaffCasesHandOver
     * @summary Hand a case to a colleague
     * @request POST:/staff/cases/{caseId}/hand-over
     * @secure
     */
    staffCasesHandOver: (
      caseId: string,
      data: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version: number;
        /**
         * @format uuid
         * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
         */
        toUserId: string;
        /**
         * @maxLength 2000
         * @default ""
         */
        text?: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/cases/${caseId}/hand-over`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description For up to 168 hours, or until the next signal with 0. Needs the permission `cases:work`.
     *
     * @tags Staff: cases
     * @name StaffCasesSnooze
     * @summary Snooze a case
     * @request POST:/staff/cases/{caseId}/snooze
     * @secure
     */
    staffCasesSnooze: (
      caseId: string,
      data: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version: number;
        /**
         * @min 0
         * @default 0
         */
        hours?: number;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/cases/${caseId}/snooze`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Needs the permission `cases:work`.
     *
     * @tags Staff: cases
     * @name StaffCasesWake
     * @summary End a snooze early
     * @request POST:/staff/cases/{caseId}/wake
     * @secure
     */
    staffCasesWake: (
      caseId: string,
      data: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version: number;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/cases/${caseId}/wake`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Needs the permission `cases:work`.
     *
     * @tags Staff: cases
     * @name StaffCasesEscalate
     * @summary Ask a lead for help
     * @request POST:/staff/cases/{caseId}/escalate
     * @secure
     */
    staffCasesEscalate: (
      caseId: string,
      data: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version: number;
        /**
         * @maxLength 2000
         * @default ""
         */
        text?: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/cases/${caseId}/escalate`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Needs the permission `cases:work`.
     *
     * @tags Staff: cases
     * @name StaffCasesWaitForOwner
     * @summary Wait for the owner's answer
     * @request POST:/staff/cases/{caseId}/wait-for-owner
     * @secure
     */
    staffCasesWaitForOwner: (
      caseId: string,
      data: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version: number;
        /**
         * @maxLength 2000
         * @default ""
         */
        text?: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/cases/${caseId}/wait-for-owner`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Needs the permission `cases:read`.
     *
     * @tags Staff: cases
     * @name StaffReferencesList
     * @summary List the tickets linked to a case
     * @request GET:/staff/cases/{caseId}/references
     * @secure
     */
    staffReferencesList: (
      caseId: string,
      query?: {
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            label: string;
            url: string | null;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/staff/cases/${caseId}/references`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `cases:work`.
     *
     * @tags Staff: cases
     * @name StaffReferencesAdd
     * @summary Link a ticket
     * @request POST:/staff/cases/{caseId}/references
     * @secure
     */
    staffReferencesAdd: (
      caseId: string,
      data: {
        /**
         * @minLength 1
         * @maxLength 100
         */
        label: string;
        /**
         * @format uri
         * @maxLength 500
         */
        url?: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/cases/${caseId}/references`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Needs the permission `cases:work`.
     *
     * @tags Staff: cases
     * @name StaffReferencesRemove
     * @summary Remove a link
     * @request DELETE:/staff/references/{referenceId}
     * @secure
     */
    staffReferencesRemove: (
      referenceId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/references/${referenceId}`,
        method: "DELETE",
        query: query,
        secure: true,
        ...params,
      }),

    /**
     * @description Not for automation keys. Needs the permission `cases:work`.
     *
     * @tags Staff: cases
     * @name StaffFlagsMute
     * @summary Mute a flag
     * @request POST:/staff/flags/{flagId}/mute
     * @secure
     */
    staffFlagsMute: (
      flagId: string,
      data: {
        /**
         * @min 1
         * @max 9007199254740991
         */
        days: number;
        /**
         * @minLength 3
         * @maxLength 500
         */
        reason: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/flags/${flagId}/mute`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Not for automation keys. Needs the permission `cases:work`.
     *
     * @tags Staff: cases
     * @name StaffFlagsUnmute
     * @summary End a mute before its time
     * @request POST:/staff/flags/{flagId}/unmute
     * @secure
     */
    staffFlagsUnmute: (
      flagId: string,
      data: {
        /**
         * @minLength 3
         * @maxLength 500
         */
        reason: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/flags/${flagId}/unmute`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Needs the permission `cases:read`.
     *
     * @tags Staff: cases
     * @name StaffMutesList
     * @summary List the mutes in force
     * @request GET:/staff/mutes
     * @secure
     */
    staffMutesList: (
      query?: {
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string;
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * Of the muted flag.
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            accountId: string;
            accountName: string;
            detector: string;
            /** The token or network that is silent; null = the whole account. */
            about: string | null;
            mutedByName: string | null;
            reason: string | null;
            mutedAt: string | null;
            mutedUntil: string | null;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/staff/mutes`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Only for people who had no part in the action. Not for automation keys. Needs the permission `appeals:decide`.
     *
     * @tags Staff: cases
     * @name StaffAppealsTake
     * @summary Assign an appeal to yourself
     * @request POST:/staff/appeals/{appealId}/take
     * @secure
     */
    staffAppealsTake: (
      appealId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/appeals/${appealId}/take`,
        method: "POST",
        query: query,
        secure: true,
        ...params,
      }),

    /**
     * @description `granted` overturns the action and counts its flags as wrong. Not for automation keys. Needs the permission `appeals:decide`.
     *
     * @tags Staff: cases
     * @name StaffAppealsDecide
     * @summary Decide an appeal
     * @request POST:/staff/appeals/{appealId}/decide
     * @secure
     */
    staffAppealsDecide: (
      appealId: string,
      data: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version: number;
        decision: "granted" | "partly_granted" | "rejected";
        /**
         * @minLength 10
         * @maxLength 4000
         */
        text: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/appeals/${appealId}/decide`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Requests over time by decision, and the first ten accounts, tokens, networks, clients, endpoints, decisions and surfaces. Every figure is a count of all decisions. Lists in the address are separated by commas. Needs the permission `accounts:list`.
     *
     * @tags Staff: investigate
     * @name StaffInvestigateShow
     * @summary Show what the gates have recorded
     * @request GET:/staff/investigate
     * @secure
     */
    staffInvestigateShow: (
      query?: {
        accountIds?: string[];
        /**
         * @format uuid
         * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
         */
        tokenId?: string;
        /** @maxLength 45 */
        network?: string;
        /**
         * @min 0
         * @max 2147483647
         */
        endpointId?: number;
        surface?: "http" | "smtp" | "inbound";
        outcome?:
          | "allowed"
          | "malformed_token"
          | "unknown_token"
          | "token_revoked"
          | "token_expired"
          | "token_paused"
          | "account_closed"
          | "account_suspended"
          | "account_terminated"
          | "surface_suspended"
          | "ip_not_allowed"
          | "account_ip_not_allowed"
          | "ambiguous_path"
          | "unknown_endpoint"
          | "endpoint_denied"
          | "insufficient_scope"
          | "rate_limited"
          | "quota_exceeded"
          | "refused";
        /** @maxLength 64 */
        client?: string;
        /**
         * @min 1
         * @max 2160
         * @default 24
         */
        hours?: number;
        /** @format date-time */
        from?: string;
        /** @format date-time */
        until?: string;
        /** @default "requests" */
        order?: "requests" | "refused" | "accounts";
        /** @default false */
        isWhole?: string | boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /** What was counted: whole minutes, hours or UTC days. `until` is exclusive. */
          window: {
            grain: "minute" | "hour" | "day";
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            from: string;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            until: string;
          };
          /** What networks and clients are counted over: by the hour at the finest. */
          networkWindow: {
            grain: "minute" | "hour" | "day";
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            from: string;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            until: string;
          };
          /** Since when networks and clients are recorded. */
          networksSince: string | null;
          /** Tables left out because they take seconds; `isWhole` asks for them. */
          without: (
            | "account"
            | "token"
            | "endpoint"
            | "outcome"
            | "surface"
            | "network"
            | "client"
          )[];
          /**
           * @min 0
           * @max 9007199254740991
           */
          networkRequests: number;
          /**
           * Calls of networks and clients beyond those kept apart per token and hour.
           * @min 0
           * @max 9007199254740991
           */
          beyondRequests: number;
          /**
           * @min 0
           * @max 9007199254740991
           */
          requests: number;
          /**
           * @min 0
           * @max 9007199254740991
           */
          refused: number;
          /**
           * @min 0
           * @max 9007199254740991
           */
          stepSeconds: number;
          steps: {
            /**
             * @min 0
             * @max 9007199254740991
             */
            atMs: number;
            outcome: string;
            /**
             * @min 0
             * @max 9007199254740991
             */
            requests: number;
          }[];
          tops: {
            account: {
              by:
                | "account"
                | "token"
                | "endpoint"
                | "outcome"
                | "surface"
                | "network"
                | "client";
              /** Id, code, network or client; `beyond` = networks that are counted together. */
              key: string;
              name: string | null;
              accountName: string | null;
              /**
               * @min 0
               * @max 9007199254740991
               */
              requests: number;
              /**
               * @min 0
               * @max 9007199254740991
               */
              refused: number;
              /**
               * Different accounts; calls that named none are in no account.
               * @min 0
               * @max 9007199254740991
               */
              accounts: number;
            }[];
            token: {
              by:
                | "account"
                | "token"
                | "endpoint"
                | "outcome"
                | "surface"
                | "network"
                | "client";
              /** Id, code, network or client; `beyond` = networks that are counted together. */
              key: string;
              name: string | null;
              accountName: string | null;
              /**
               * @min 0
               * @max 9007199254740991
               */
              requests: number;
              /**
               * @min 0
               * @max 9007199254740991
               */
              refused: number;
              /**
               * Different accounts; calls that named none are in no account.
               * @min 0
               * @max 9007199254740991
               */
              accounts: number;
            }[];
            endpoint: {
              by:
                | "account"
                | "token"
                | "endpoint"
                | "outcome"
                | "surface"
                | "network"
                | "client";
              /** Id, code, network or client; `beyond` = networks that are counted together. */
              key: string;
              name: string | null;
              accountName: string | null;
              /**
               * @min 0
               * @max 9007199254740991
               */
              requests: number;
              /**
               * @min 0
               * @max 9007199254740991
               */
              refused: number;
              /**
               * Different accounts; calls that named none are in no account.
               * @min 0
               * @max 9007199254740991
               */
              accounts: number;
            }[];
            outcome: {
              by:
                | "account"
                | "token"
                | "endpoint"
                | "outcome"
                | "surface"
                | "network"
                | "client";
              /** Id, code, network or client; `beyond` = networks that are counted together. */
              key: string;
              name: string | null;
              accountName: string | null;
              /**
               * @min 0
               * @max 9007199254740991
               */
              requests: number;
              /**
               * @min 0
               * @max 9007199254740991
               */
              refused: number;
              /**
               * Different accounts; calls that named none are in no account.
               * @min 0
               * @max 9007199254740991
               */
              accounts: number;
            }[];
            surface: {
              by:
                | "account"
                | "token"
                | "endpoint"
                | "outcome"
                | "surface"
                | "network"
                | "client";
              /** Id, code, network or client; `beyond` = networks that are counted together. */
              key: string;
              name: string | null;
              accountName: string | null;
              /**
               * @min 0
               * @max 9007199254740991
               */
              requests: number;
              /**
               * @min 0
               * @max 9007199254740991
               */
              refused: number;
              /**
               * Different accounts; calls that named none are in no account.
               * @min 0
               * @max 9007199254740991
               */
              accounts: number;
            }[];
            network: {
              by:
                | "account"
                | "token"
                | "endpoint"
                | "outcome"
                | "surface"
                | "network"
                | "client";
              /** Id, code, network or client; `beyond` = networks that are counted together. */
              key: string;
              name: string | null;
              accountName: string | null;
              /**
               * @min 0
               * @max 9007199254740991
               */
              requests: number;
              /**
               * @min 0
               * @max 9007199254740991
               */
              refused: number;
              /**
               * Different accounts; calls that named none are in no account.
               * @min 0
               * @max 9007199254740991
               */
              accounts: number;
            }[];
            client: {
              by:
                | "account"
                | "token"
                | "endpoint"
                | "outcome"
                | "surface"
                | "network"
                | "client";
              /** Id, code, network or client; `beyond` = networks that are counted together. */
              key: string;
              name: string | null;
              accountName: string | null;
              /**
               * @min 0
               * @max 9007199254740991
               */
              requests: number;
              /**
               * @min 0
               * @max 9007199254740991
               */
              refused: number;
              /**
               * Different accounts; calls that named none are in no account.
               * @min 0
               * @max 9007199254740991
               */
              accounts: number;
            }[];
          };
        },
        Problem
      >({
        path: `/staff/investigate`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Up to 1,000. Answers CSV for `Accept: text/csv`. Needs the permission `accounts:list`.
     *
     * @tags Staff: investigate
     * @name StaffInvestigateTop
     * @summary List the first rows of one dimension
     * @request GET:/staff/investigate/top
     * @secure
     */
    staffInvestigateTop: (
      query: {
        accountIds?: string[];
        /**
         * @format uuid
         * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
         */
        tokenId?: string;
        /** @maxLength 45 */
        network?: string;
        /**
         * @min 0
         * @max 2147483647
         */
        endpointId?: number;
        surface?: "http" | "smtp" | "inbound";
        outcome?:
          | "allowed"
          | "malformed_token"
          | "unknown_token"
          | "token_revoked"
          | "token_expired"
          | "token_paused"
          | "account_closed"
          | "account_suspended"
          | "account_terminated"
          | "surface_suspended"
          | "ip_not_allowed"
          | "account_ip_not_allowed"
          | "ambiguous_path"
          | "unknown_endpoint"
          | "endpoint_denied"
          | "insufficient_scope"
          | "rate_limited"
          | "quota_exceeded"
          | "refused";
        /** @maxLength 64 */
        client?: string;
        /**
         * @min 1
         * @max 2160
         * @default 24
         */
        hours?: number;
        /** @format date-time */
        from?: string;
        /** @format date-time */
        until?: string;
        by:
          | "account"
          | "token"
          | "endpoint"
          | "outcome"
          | "surface"
          | "network"
          | "client";
        /** @default "requests" */
        order?: "requests" | "refused" | "accounts";
        /**
         * @min 1
         * @max 1000
         * @default 100
         */
        limit?: number;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          from: string;
          /**
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          until: string;
          rows: {
            by:
              | "account"
              | "token"
              | "endpoint"
              | "outcome"
              | "surface"
              | "network"
              | "client";
            /** Id, code, network or client; `beyond` = networks that are counted together. */
            key: string;
            name: string | null;
            accountName: string | null;
            /**
             * @min 0
             * @max 9007199254740991
             */
            requests: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            refused: number;
            /**
             * Different accounts; calls that named none are in no account.
             * @min 0
             * @max 9007199254740991
             */
            accounts: number;
          }[];
        },
        Problem
      >({
        path: `/staff/investigate/top`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Your own and those that the desk shares. Needs the permission `accounts:list`.
     *
     * @tags Staff: investigate
     * @name StaffInvestigateViews
     * @summary List saved views
     * @request GET:/staff/investigate/views
     * @secure
     */
    staffInvestigateViews: (
      query?: {
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            name: string;
            query: string;
            isShared: boolean;
            byName: string;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/staff/investigate/views`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description `query` is the query string of the page’s address. Needs the permission `cases:work`.
     *
     * @tags Staff: investigate
     * @name StaffInvestigateSave
     * @summary Save a view
     * @request POST:/staff/investigate/views
     * @secure
     */
    staffInvestigateSave: (
      data: {
        /**
         * @minLength 1
         * @maxLength 60
         */
        name: string;
        /** @maxLength 2000 */
        query: string;
        /** @default false */
        isShared?: string | boolean;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
        },
        Problem
      >({
        path: `/staff/investigate/views`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `cases:work`.
     *
     * @tags Staff: investigate
     * @name StaffInvestigateRemove
     * @summary Remove a view
     * @request DELETE:/staff/investigate/views/{viewId}
     * @secure
     */
    staffInvestigateRemove: (
      viewId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/investigate/views/${viewId}`,
        method: "DELETE",
        query: query,
        secure: true,
        ...params,
      }),

    /**
     * @description Addresses of reporters are masked. Needs the permission `reports:read`.
     *
     * @tags Staff: reports
     * @name StaffReportsList
     * @summary Open reports, oldest first
     * @request GET:/staff/reports
     * @secure
     */
    staffReportsList: (
      query?: {
        /** @default true */
        open?: boolean;
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            kind: "abuse" | "vulnerability";
            state: string;
            about: string;
            body: string;
            reporterName: string | null;
            maskedEmail: string | null;
            accountId: string | null;
            caseId: string | null;
            assigneeName: string | null;
            outcome: string | null;
            /** When the reporter was written that it has arrived. */
            acknowledgedAt: string | null;
            /** What the reporter was told at the end. */
            answer: string | null;
            answeredAt: string | null;
            source: "form" | "mail" | "feedback_loop";
            /** Of one that came by mail: headers and text of the reported message, as text. */
            evidence: string | null;
            attachments:
              | {
                  name: string;
                  type: string;
                  /**
                   * @min 0
                   * @max 9007199254740991
                   */
                  sizeBytes: number;
                }[]
              | null;
            /**
             * Complaints of recipients that it stands for.
             * @min 0
             * @max 9007199254740991
             */
            complaints: number;
            /** Since when they count against the account. */
            complaintsCountedAt: string | null;
            mails: {
              /**
               * @format uuid
               * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
               */
              id: string;
              subject: string;
              state: "waiting" | "sent" | "failed" | "kept";
              /**
               * @format date-time
               * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
               */
              createdAt: string;
              sentAt: string | null;
              lastError: string | null;
            }[];
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            createdAt: string;
            closedAt: string | null;
            /**
             * @min 0
             * @max 9007199254740991
             */
            version: number;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/staff/reports`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `reports:read`.
     *
     * @tags Staff: reports
     * @name StaffReportsGet
     * @summary A report, with the messages to its reporter
     * @request GET:/staff/reports/{reportId}
     * @secure
     */
    staffReportsGet: (reportId: string, params: RequestParams = {}) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          kind: "abuse" | "vulnerability";
          state: string;
          about: string;
          body: string;
          reporterName: string | null;
          maskedEmail: string | null;
          accountId: string | null;
          caseId: string | null;
          assigneeName: string | null;
          outcome: string | null;
          /** When the reporter was written that it has arrived. */
          acknowledgedAt: string | null;
          /** What the reporter was told at the end. */
          answer: string | null;
          answeredAt: string | null;
          source: "form" | "mail" | "feedback_loop";
          /** Of one that came by mail: headers and text of the reported message, as text. */
          evidence: string | null;
          attachments:
            | {
                name: string;
                type: string;
                /**
                 * @min 0
                 * @max 9007199254740991
                 */
                sizeBytes: number;
              }[]
            | null;
          /**
           * Complaints of recipients that it stands for.
           * @min 0
           * @max 9007199254740991
           */
          complaints: number;
          /** Since when they count against the account. */
          complaintsCountedAt: string | null;
          mails: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            subject: string;
            state: "waiting" | "sent" | "failed" | "kept";
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            createdAt: string;
            sentAt: string | null;
            lastError: string | null;
          }[];
          /**
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          createdAt: string;
          closedAt: string | null;
          /**
           * @min 0
           * @max 9007199254740991
           */
          version: number;
        },
        Problem
      >({
        path: `/staff/reports/${reportId}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `reports:read`.
     *
     * @tags Staff: reports
     * @name StaffCasesReports
     * @summary The reports that were added to a case
     * @request GET:/staff/cases/{caseId}/reports
     * @secure
     */
    staffCasesReports: (
      caseId: string,
      query?: {
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            kind: "abuse" | "vulnerability";
            state: string;
            about: string;
            body: string;
            reporterName: string | null;
            maskedEmail: string | null;
            accountId: string | null;
            caseId: string | null;
            assigneeName: string | null;
            outcome: string | null;
            /** When the reporter was written that it has arrived. */
            acknowledgedAt: string | null;
            /** What the reporter was told at the end. */
            answer: string | null;
            answeredAt: string | null;
            source: "form" | "mail" | "feedback_loop";
            /** Of one that came by mail: headers and text of the reported message, as text. */
            evidence: string | null;
            attachments:
              | {
                  name: string;
                  type: string;
                  /**
                   * @min 0
                   * @max 9007199254740991
                   */
                  sizeBytes: number;
                }[]
              | null;
            /**
             * Complaints of recipients that it stands for.
             * @min 0
             * @max 9007199254740991
             */
            complaints: number;
            /** Since when they count against the account. */
            complaintsCountedAt: string | null;
            mails: {
              /**
               * @format uuid
               * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
               */
              id: string;
              subject: string;
              state: "waiting" | "sent" | "failed" | "kept";
              /**
               * @format date-time
               * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
               */
              createdAt: string;
              sentAt: string | null;
              lastError: string | null;
            }[];
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            createdAt: string;
            closedAt: string | null;
            /**
             * @min 0
             * @max 9007199254740991
             */
            version: number;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/staff/cases/${caseId}/reports`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description By the receipts, ids, names, token endings and domains in it, the surest first. Needs the permission `reports:read`.
     *
     * @tags Staff: reports
     * @name StaffReportsAccounts
     * @summary Accounts that a report may be about
     * @request GET:/staff/reports/{reportId}/accounts
     * @secure
     */
    staffReportsAccounts: (
      reportId: string,
      query?: {
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            accountId: string;
            name: string;
            slug: string;
            externalId: string | null;
            kind: "receipt" | "account" | "token" | "token_ending" | "domain";
            clue: string;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/staff/reports/${reportId}/accounts`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description The last 100, with the reason. Senders are masked. The messages are where they were. Needs the permission `reports:read`.
     *
     * @tags Staff: reports
     * @name StaffReportsRefusedMail
     * @summary Messages to the report mailbox that became no report, newest first
     * @request GET:/staff/refused-report-mail
     * @secure
     */
    staffReportsRefusedMail: (
      query?: {
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            door: "imap" | "smtp";
            refusal:
              | "too_large"
              | "too_many_parts"
              | "too_deep"
              | "headers_too_large"
              | "too_slow"
              | "unreadable"
              | "empty"
              | "from_ourselves"
              | "delivery_report"
              | "too_many_of_sender"
              | null;
            maskedSender: string | null;
            subject: string | null;
            /**
             * @min 0
             * @max 9007199254740991
             */
            sizeBytes: number;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            receivedAt: string;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/staff/refused-report-mail`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `reports:work`.
     *
     * @tags Staff: reports
     * @name StaffReportsTake
     * @summary Take a report
     * @request POST:/staff/reports/{reportId}/take
     * @secure
     */
    staffReportsTake: (
      reportId: string,
      data: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version: number;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/reports/${reportId}/take`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Opens one when there is none. `severity` is 1 to 3. Instead of `accountId`, `clue` may be the account's address or external id, a receipt or a token's id. Needs the permission `reports:work`.
     *
     * @tags Staff: reports
     * @name StaffReportsJoin
     * @summary Add a report to an account's case
     * @request POST:/staff/reports/{reportId}/join
     * @secure
     */
    staffReportsJoin: (
      reportId: string,
      data: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version: number;
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string;
        /**
         * @minLength 2
         * @maxLength 300
         */
        clue?: string;
        /**
         * @min 1
         * @max 3
         */
        severity: number;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          caseId: string | null;
        },
        Problem
      >({
        path: `/staff/reports/${reportId}/join`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description `answer` is sent to the reporter: a template (`acted`, `no_violation`, `not_ours`, `more_needed`, `fixed`), or `answerText` in its place. It must not name the account. Needs the permission `reports:work`.
     *
     * @tags Staff: reports
     * @name StaffReportsClose
     * @summary Close a report with its outcome
     * @request POST:/staff/reports/{reportId}/close
     * @secure
     */
    staffReportsClose: (
      reportId: string,
      data: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version: number;
        /**
         * @minLength 3
         * @maxLength 1000
         */
        outcome: string;
        /** @default "none" */
        answer?:
          | "acted"
          | "no_violation"
          | "not_ours"
          | "more_needed"
          | "fixed"
          | "none";
        /**
         * @minLength 10
         * @maxLength 4000
         */
        answerText?: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/reports/${reportId}/close`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Needs the permission `detectors:read`.
     *
     * @tags Staff: detectors
     * @name StaffDetectorsList
     * @summary List detectors with their settings, precision and flags of the last week
     * @request GET:/staff/detectors
     * @secure
     */
    staffDetectorsList: (
      query?: {
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            id: string;
            title: string;
            mode: "off" | "shadow" | "flags";
            /** Its thresholds in words. */
            rule: string;
            thresholds: Partial<Record<string, number>>;
            fields: {
              key: string;
              label: string;
              meaning: string;
              /** What it counts; a `share` is a fraction of one. */
              unit:
                | "share"
                | "times"
                | "deviations"
                | "requests"
                | "responses"
                | "recipients"
                | "paths"
                | "networks"
                | "addresses"
                | "tokens"
                | "integrations"
                | "reports"
                | "hour"
                | "hours"
                | "days"
                | "seconds";
              least: number;
              most: number;
              shipped: number;
              /** In force. */
              value: number;
            }[];
            /**
             * @min 0
             * @max 9007199254740991
             */
            right: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            unsanctioned: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            wrong: number;
            precision: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            flagsThisWeek: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            shadowThisWeek: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            held: number;
            heldReasons: string[];
            /** Wrong too often, so in shadow until a lead decides. */
            hasFallen: boolean;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/staff/detectors`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description `keys` and `values` are its thresholds, in the same order. Nothing changes until it is published. Needs the permission `detectors:draft`.
     *
     * @tags Staff: detectors
     * @name StaffDetectorsDraft
     * @summary Draft a detector setting
     * @request POST:/staff/detectors/{detector}/drafts
     * @secure
     */
    staffDetectorsDraft: (
      detector: string,
      data: {
        mode: "off" | "shadow" | "flags";
        /**
         * @maxItems 30
         * @default []
         */
        keys?: string[];
        /**
         * @maxItems 30
         * @default []
         */
        values?: number[];
        /**
         * @minLength 3
         * @maxLength 500
         */
        note: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @min 0
           * @max 9007199254740991
           */
          number: number;
          thresholds: Partial<Record<string, number>>;
        },
        Problem
      >({
        path: `/staff/detectors/${detector}/drafts`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Changes nothing. `accuracy` says how well the records can tell: `at_least`, `about`, or `untold`. It stops after five seconds; `looked` of `candidates` accounts were then looked at. Needs the permission `detectors:read`.
     *
     * @tags Staff: detectors
     * @name StaffDetectorsPreview
     * @summary Preview what thresholds would have flagged in the last 7 days
     * @request POST:/staff/detectors/{detector}/preview
     * @secure
     */
    staffDetectorsPreview: (
      detector: string,
      data?: {
        /**
         * @maxItems 30
         * @default []
         */
        keys?: string[];
        /**
         * @maxItems 30
         * @default []
         */
        values?: number[];
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          detector: string;
          /**
           * @min 0
           * @max 9007199254740991
           */
          days: number;
          rule: string;
          accuracy: "at_least" | "about" | "untold";
          candidates: number | null;
          /**
           * @min 0
           * @max 9007199254740991
           */
          looked: number;
          /**
           * @min 0
           * @max 9007199254740991
           */
          inForce: number;
          /**
           * @min 0
           * @max 9007199254740991
           */
          proposed: number;
          accounts: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            accountId: string;
            accountName: string;
            inForce: boolean;
            proposed: boolean;
            verdict: "confirmed" | "cleared" | null;
          }[];
        },
        Problem
      >({
        path: `/staff/detectors/${detector}/preview`,
        method: "POST",
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Takes effect on its next run. Not for automation keys. Needs the permission `detectors:publish`.
     *
     * @tags Staff: detectors
     * @name StaffDetectorsPublish
     * @summary Publish the newest draft
     * @request POST:/staff/detectors/{detector}/publish
     * @secure
     */
    staffDetectorsPublish: (
      detector: string,
      data: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        number: number;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @min 0
           * @max 9007199254740991
           */
          number: number;
        },
        Problem
      >({
        path: `/staff/detectors/${detector}/publish`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description It flags again as it was set, and what was decided before cannot make it fall again. Not for automation keys. Needs the permission `detectors:publish`.
     *
     * @tags Staff: detectors
     * @name StaffDetectorsRestore
     * @summary Put back a detector that fell into shadow
     * @request POST:/staff/detectors/{detector}/restore
     * @secure
     */
    staffDetectorsRestore: (
      detector: string,
      data: {
        /**
         * @minLength 3
         * @maxLength 500
         */
        reason: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @min 0
           * @max 9007199254740991
           */
          number: number;
        },
        Problem
      >({
        path: `/staff/detectors/${detector}/restore`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `cases:read`.
     *
     * @tags Staff: detectors
     * @name StaffHeldFlagsList
     * @summary List flags held back: the provider may be the cause, or there were too many
     * @request GET:/staff/held-flags
     * @secure
     */
    staffHeldFlagsList: (
      query?: {
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            detector: string;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            accountId: string;
            accountName: string;
            summary: string;
            heldReason: string | null;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            lastSeenAt: string;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/staff/held-flags`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description If the provider was the cause, the flags expire. If not, they join their cases. Needs the permission `cases:work`.
     *
     * @tags Staff: detectors
     * @name StaffHeldFlagsDecide
     * @summary Decide on flags held back
     * @request POST:/staff/detectors/{detector}/held-flags
     * @secure
     */
    staffHeldFlagsDecide: (
      detector: string,
      data: {
        isOurs: string | boolean;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @min 0
           * @max 9007199254740991
           */
          flags: number;
        },
        Problem
      >({
        path: `/staff/detectors/${detector}/held-flags`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `cases:read`.
     *
     * @tags Staff: cases
     * @name StaffReversalsGet
     * @summary Count reversed actions of the last 90 days by reason and detector
     * @request GET:/staff/reversals
     * @secure
     */
    staffReversalsGet: (params: RequestParams = {}) =>
      this.request<
        {
          /**
           * @min 0
           * @max 9007199254740991
           */
          days: number;
          reasons: {
            reasonCode:
              | "rate_excess"
              | "quota_excess"
              | "retry_storm"
              | "probing"
              | "credential_attack"
              | "token_leak"
              | "token_sharing"
              | "resale"
              | "spam"
              | "tampering"
              | "security_incident"
              | "payment"
              | "legal_order"
              | "other";
            /**
             * An appeal was granted, in whole or in part.
             * @min 0
             * @max 9007199254740991
             */
            onAppeal: number;
            /**
             * Lifted, and the case closed as the provider's fault.
             * @min 0
             * @max 9007199254740991
             */
            ourFault: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            imposed: number;
          }[];
          detectors: {
            detector: string;
            title: string;
            /**
             * An appeal was granted, in whole or in part.
             * @min 0
             * @max 9007199254740991
             */
            onAppeal: number;
            /**
             * Lifted, and the case closed as the provider's fault.
             * @min 0
             * @max 9007199254740991
             */
            ourFault: number;
          }[];
        },
        Problem
      >({
        path: `/staff/reversals`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description For leads and admins. Not for automation keys. Needs the permission `staff:read`.
     *
     * @tags Staff: cases
     * @name StaffReversalsByPerson
     * @summary Count reversed actions of the last 90 days by who imposed them
     * @request GET:/staff/reversals/by-person
     * @secure
     */
    staffReversalsByPerson: (
      query?: {
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            userId: string;
            name: string;
            /**
             * An appeal was granted, in whole or in part.
             * @min 0
             * @max 9007199254740991
             */
            onAppeal: number;
            /**
             * Lifted, and the case closed as the provider's fault.
             * @min 0
             * @max 9007199254740991
             */
            ourFault: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            imposed: number;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/staff/reversals/by-person`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `actions:read`.
     *
     * @tags Staff: actions
     * @name StaffActionsList
     * @summary Actions, newest first
     * @request GET:/staff/actions
     * @secure
     */
    staffActionsList: (
      query?: {
        /**
         * @format uuid
         * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
         */
        actionId?: string;
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string;
        /** @maxLength 100 */
        account?: string;
        types?: (
          | "notice"
          | "throttle"
          | "token_pause"
          | "suspension"
          | "termination"
        )[];
        reasonCode?:
          | "rate_excess"
          | "quota_excess"
          | "retry_storm"
          | "probing"
          | "credential_attack"
          | "token_leak"
          | "token_sharing"
          | "resale"
          | "spam"
          | "tampering"
          | "security_incident"
          | "payment"
          | "legal_order"
          | "other";
        /** @maxLength 100 */
        author?: string;
        /**
         * @min 1
         * @max 8760
         */
        endsWithinHours?: number;
        /** @format date-time */
        endedFrom?: string;
        /** @format date-time */
        endedUntil?: string;
        /**
         * @format uuid
         * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
         */
        caseId?: string;
        states?: (
          | "draft"
          | "pending_approval"
          | "scheduled"
          | "applying"
          | "active"
          | "expired"
          | "lifted"
          | "superseded"
          | "overturned"
          | "cancelled"
        )[];
        waitsFor?: "approval" | "gates" | "end";
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            accountId: string;
            accountName: string;
            caseId: string | null;
            type: string;
            state: string;
            surface: string | null;
            reasonCode: string;
            publicText: string;
            internalNote: string;
            evidenceHash: string;
            authorName: string;
            approverName: string | null;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            createdAt: string;
            appliedAt: string | null;
            confirmedAt: string | null;
            endsAt: string | null;
            endedAt: string | null;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/staff/actions`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description A personal key imposes what its owner's role may; what that may not impose alone is proposed and waits for a second person. An automation key gives notices, and throttles or pauses a token for at most 24 hours. Needs the permission `actions:impose`.
     *
     * @tags Staff: actions
     * @name StaffActionsImpose
     * @summary Impose an action
     * @request POST:/staff/actions
     * @secure
     */
    staffActionsImpose: (
      data: {
        type:
          | "notice"
          | "throttle"
          | "token_pause"
          | "suspension"
          | "termination";
        surface?: "http" | "smtp" | "inbound";
        /**
         * @exclusiveMin 0
         * @exclusiveMax 1
         */
        factor?: number;
        /** @format date-time */
        endsAt?: string;
        /**
         * @exclusiveMin 0
         * @max 2160
         */
        durationHours?: number;
        /** @default false */
        forGood?: string | boolean;
        /** @format date-time */
        effectiveAt?: string;
        reasonCode:
          | "rate_excess"
          | "quota_excess"
          | "retry_storm"
          | "probing"
          | "credential_attack"
          | "token_leak"
          | "token_sharing"
          | "resale"
          | "spam"
          | "tampering"
          | "security_incident"
          | "payment"
          | "legal_order"
          | "other";
        /**
         * @minLength 10
         * @maxLength 4000
         */
        publicText: string;
        /**
         * @minLength 3
         * @maxLength 4000
         */
        internalNote: string;
        /**
         * @min 1
         * @max 720
         */
        silentHours?: number;
        /** @maxLength 1000 */
        silenceReason?: string;
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId: string;
        /**
         * @format uuid
         * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
         */
        caseId?: string;
        /**
         * @format uuid
         * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
         */
        tokenId?: string;
        /**
         * @exclusiveMin 0
         * @max 9007199254740991
         */
        endpointId?: number;
        /** @default false */
        emergency?: string | boolean;
        /** @default false */
        besideHolder?: string | boolean;
        /**
         * @format uuid
         * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
         */
        replacesActionId?: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          actionId: string;
          state: string;
          why: string | null;
        },
        Problem
      >({
        path: `/staff/actions`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description The flags, counts by minute and limits at the time of the decision: the same numbers that the account reads. `isIntact` is false when they were changed afterwards. Needs the permission `actions:read`.
     *
     * @tags Staff: actions
     * @name StaffActionsEvidence
     * @summary What an action rests on, as it was sealed
     * @request GET:/staff/actions/{actionId}/evidence
     * @secure
     */
    staffActionsEvidence: (actionId: string, params: RequestParams = {}) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          accountId: string;
          isIntact: boolean;
          evidenceHash: string;
          evidence: {
            takenAt: string;
            windowMinutes: number;
            windowEndsAt?: string;
            totals: {
              allowed: number;
              refused: number;
            };
            tokens: {
              allowed: number;
              refused: number;
              tokenId: string;
              name: string;
            }[];
            codes: Partial<Record<string, number>>;
            minutes: {
              allowed: number;
              refused: number;
              at: string;
            }[];
            flags: {
              detector: string;
              detectorVersion: number;
              severity: number;
              summary: string;
              evidence: Partial<Record<string, number>>;
              firstSeenAt?: string;
              lastSeenAt?: string;
            }[];
            limits: {
              plan: string;
              quotaPerDay: number | null;
              endpoints: {
                name: string;
                limit: number | null;
                windowSeconds: number;
              }[];
            };
            policy: {
              title: string;
              number: number;
            };
            findings?: {
              kind: string;
              title: string;
              tokenName: string | null;
              endpoint: string | null;
              evidence: string;
              instruction: string;
            }[];
          } | null;
        },
        Problem
      >({
        path: `/staff/actions/${actionId}/evidence`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description You cannot approve your own: a key acts as its owner. Not for automation keys. Needs the permission `actions:approve`.
     *
     * @tags Staff: actions
     * @name StaffActionsApprove
     * @summary Approve a proposed action
     * @request POST:/staff/actions/{actionId}/approve
     * @secure
     */
    staffActionsApprove: (
      actionId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      data?: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version?: number;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/actions/${actionId}/approve`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Needs the permission `actions:impose`.
     *
     * @tags Staff: actions
     * @name StaffActionsCancel
     * @summary Cancel an action that is not in force yet
     * @request POST:/staff/actions/{actionId}/cancel
     * @secure
     */
    staffActionsCancel: (
      actionId: string,
      data: {
        /**
         * @minLength 3
         * @maxLength 1000
         */
        reason: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/actions/${actionId}/cancel`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Needs the permission `actions:lift`.
     *
     * @tags Staff: actions
     * @name StaffActionsLift
     * @summary Lift an action
     * @request POST:/staff/actions/{actionId}/lift
     * @secure
     */
    staffActionsLift: (
      actionId: string,
      data: {
        /**
         * @minLength 3
         * @maxLength 1000
         */
        reason: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/actions/${actionId}/lift`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Changes nothing. Leaves out accounts that are protected, unknown, or under the same or a stricter action. Needs the permission `actions:read`.
     *
     * @tags Staff: actions
     * @name StaffBatchesPreview
     * @summary Preview an action on many accounts
     * @request POST:/staff/batches/preview
     * @secure
     */
    staffBatchesPreview: (
      data: {
        type:
          | "notice"
          | "throttle"
          | "token_pause"
          | "suspension"
          | "termination";
        surface?: "http" | "smtp" | "inbound";
        /** @format date-time */
        endsAt?: string;
        /**
         * @exclusiveMin 0
         * @max 2160
         */
        durationHours?: number;
        /** @default false */
        forGood?: string | boolean;
        /**
         * @min 1
         * @max 720
         */
        silentHours?: number;
        accountIds: string[];
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          reached: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            accountId: string;
            name: string;
            caseId: string | null;
            requests: number;
          }[];
          leftOut: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            accountId: string;
            name: string | null;
            why: string;
          }[];
          imposition: {
            may: string;
            why: string | null;
          };
        },
        Problem
      >({
        path: `/staff/batches/preview`,
        method: "POST",
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description At most 50 accounts. More than ten are proposed and wait for a second person. Needs the permission `actions:impose`.
     *
     * @tags Staff: actions
     * @name StaffBatchesImpose
     * @summary Impose one action on many accounts
     * @request POST:/staff/batches
     * @secure
     */
    staffBatchesImpose: (
      data: {
        type:
          | "notice"
          | "throttle"
          | "token_pause"
          | "suspension"
          | "termination";
        surface?: "http" | "smtp" | "inbound";
        /**
         * @exclusiveMin 0
         * @exclusiveMax 1
         */
        factor?: number;
        /** @format date-time */
        endsAt?: string;
        /**
         * @exclusiveMin 0
         * @max 2160
         */
        durationHours?: number;
        /** @default false */
        forGood?: string | boolean;
        /** @format date-time */
        effectiveAt?: string;
        reasonCode:
          | "rate_excess"
          | "quota_excess"
          | "retry_storm"
          | "probing"
          | "credential_attack"
          | "token_leak"
          | "token_sharing"
          | "resale"
          | "spam"
          | "tampering"
          | "security_incident"
          | "payment"
          | "legal_order"
          | "other";
        /**
         * @minLength 10
         * @maxLength 4000
         */
        publicText: string;
        /**
         * @minLength 3
         * @maxLength 4000
         */
        internalNote: string;
        /**
         * @min 1
         * @max 720
         */
        silentHours?: number;
        /** @maxLength 1000 */
        silenceReason?: string;
        accountIds: string[];
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          batchId: string;
          done: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            accountId: string;
            name: string;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            actionId: string;
            state: string;
          }[];
          leftOut: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            accountId: string;
            name: string | null;
            why: string;
          }[];
          why: string | null;
        },
        Problem
      >({
        path: `/staff/batches`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `actions:read`.
     *
     * @tags Staff: actions
     * @name StaffBatchesGet
     * @summary Get a batch and the state of each account
     * @request GET:/staff/batches/{batchId}
     * @secure
     */
    staffBatchesGet: (batchId: string, params: RequestParams = {}) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          type: string;
          reasonCode: string;
          authorName: string | null;
          /**
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          createdAt: string;
          undoneAt: string | null;
          members: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            actionId: string;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            accountId: string;
            name: string;
            state: string;
            confirmedMs: number | null;
            endReason: string | null;
          }[];
          leftOut: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            accountId: string;
            name: string | null;
            why: string;
          }[];
        },
        Problem
      >({
        path: `/staff/batches/${batchId}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description You cannot approve your own: a key acts as its owner. Not for automation keys. Needs the permission `actions:approve`.
     *
     * @tags Staff: actions
     * @name StaffBatchesApprove
     * @summary Approve everything that waits in a batch
     * @request POST:/staff/batches/{batchId}/approve
     * @secure
     */
    staffBatchesApprove: (
      batchId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          approved: number;
        },
        Problem
      >({
        path: `/staff/batches/${batchId}/approve`,
        method: "POST",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description If its author undoes it within 30 seconds, nothing of it stays and no mail is sent. Later, waiting actions are cancelled and actions in force are lifted. Needs the permission `actions:lift`.
     *
     * @tags Staff: actions
     * @name StaffBatchesUndo
     * @summary Undo a whole batch
     * @request POST:/staff/batches/{batchId}/undo
     * @secure
     */
    staffBatchesUndo: (
      batchId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      data?: {
        /**
         * @minLength 3
         * @maxLength 1000
         * @default "Undone as a batch."
         */
        reason?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          takenBack: number;
          mailed: boolean;
        },
        Problem
      >({
        path: `/staff/batches/${batchId}/undo`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `limits:read`.
     *
     * @tags Staff: limits
     * @name StaffLimitsGet
     * @summary Plans and endpoints with their limits
     * @request GET:/staff/limits
     * @secure
     */
    staffLimitsGet: (params: RequestParams = {}) =>
      this.request<
        {
          plans: {
            /**
             * @min 0
             * @max 9007199254740991
             */
            id: number;
            name: string;
            quotaPerDay: number | null;
            /**
             * @min 0
             * @max 9007199254740991
             */
            accounts: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            version: number;
            limits: {
              /**
               * @min 0
               * @max 9007199254740991
               */
              endpointId: number;
              endpointName: string;
              /**
               * @min 0
               * @max 9007199254740991
               */
              rateLimit: number;
            }[];
          }[];
          endpoints: {
            /**
             * @min 0
             * @max 9007199254740991
             */
            id: number;
            name: string;
            surface: string;
            method: string;
            path: string;
            scope: string | null;
            rateLimit: number | null;
            /**
             * @min 0
             * @max 9007199254740991
             */
            windowSeconds: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            cost: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            recipientsPerCall: number;
            isDenied: boolean;
            /**
             * @min 0
             * @max 9007199254740991
             */
            version: number;
          }[];
        },
        Problem
      >({
        path: `/staff/limits`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `limits:read`.
     *
     * @tags Staff: limits
     * @name StaffPathRulesGet
     * @summary How the API's servers read paths
     * @request GET:/staff/path-rules
     * @secure
     */
    staffPathRulesGet: (params: RequestParams = {}) =>
      this.request<
        {
          /** `/V1/email` is another path than `/v1/email`. */
          matchesCase: boolean;
          /** `%2F` is part of an id. */
          allowsEncodedSlash: boolean;
          /**
           * @min 0
           * @max 9007199254740991
           */
          version: number;
        },
        Problem
      >({
        path: `/staff/path-rules`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description By default case does not matter and an encoded slash (`%2F`) is refused as `ambiguous_path`. Takes effect on the next request. Needs the permission `limits:write`.
     *
     * @tags Staff: limits
     * @name StaffPathRulesReplace
     * @summary Say how the API's servers read paths
     * @request PUT:/staff/path-rules
     * @secure
     */
    staffPathRulesReplace: (
      data: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version: number;
        matchesCase: string | boolean;
        allowsEncodedSlash: string | boolean;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/path-rules`,
        method: "PUT",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Needs the permission `limits:write`.
     *
     * @tags Staff: limits
     * @name StaffPlansCreate
     * @summary Add a plan
     * @request POST:/staff/plans
     * @secure
     */
    staffPlansCreate: (
      data: {
        /**
         * @minLength 1
         * @maxLength 60
         */
        name: string;
        quotaPerDay?: number | null;
        /** @default false */
        isUnlimited?: string | boolean;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @min 0
           * @max 9007199254740991
           */
          planId: number;
          quotaPerDay: number | null;
        },
        Problem
      >({
        path: `/staff/plans`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `limits:write`.
     *
     * @tags Staff: limits
     * @name StaffPlansUpdate
     * @summary Change a plan's name and quota
     * @request PUT:/staff/plans/{planId}
     * @secure
     */
    staffPlansUpdate: (
      planId: number,
      data: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version: number;
        /**
         * @minLength 1
         * @maxLength 60
         */
        name: string;
        quotaPerDay?: number | null;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/plans/${planId}`,
        method: "PUT",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description With `rateLimit` null the endpoint's default applies again. Needs the permission `limits:write`.
     *
     * @tags Staff: limits
     * @name StaffPlansLimit
     * @summary Give a plan its own rate limit on an endpoint
     * @request PUT:/staff/plans/{planId}/limits/{endpointId}
     * @secure
     */
    staffPlansLimit: (
      planId: number,
      endpointId: number,
      data: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version: number;
        rateLimit?: number | null;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/plans/${planId}/limits/${endpointId}`,
        method: "PUT",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Needs the permission `limits:write`.
     *
     * @tags Staff: limits
     * @name StaffEndpointsCreate
     * @summary Register an endpoint
     * @request POST:/staff/endpoints
     * @secure
     */
    staffEndpointsCreate: (
      data: {
        /** @pattern ^[a-z0-9][a-z0-9._-]{0,59}$ */
        name: string;
        surface: "http" | "smtp" | "inbound";
        /** @pattern ^([A-Z]{3,10}|\*)$ */
        method: string;
        /**
         * @maxLength 200
         * @pattern ^\/[\w\-./{}*~:@!$&'()+,=%]*$
         */
        path: string;
        rateLimit?: number | null;
        /** @default false */
        isUnlimited?: string | boolean;
        /**
         * @min 1
         * @max 86400
         * @default 60
         */
        windowSeconds?: number;
        /**
         * @min 0
         * @max 1000
         * @default 1
         */
        cost?: number;
        /**
         * @min 0
         * @max 1000
         * @default 0
         */
        recipientsPerCall?: number;
        scope?: string | null;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @min 0
           * @max 9007199254740991
           */
          endpointId: number;
        },
        Problem
      >({
        path: `/staff/endpoints`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Names every field, null for none. With `isDenied` it is refused for everyone. Takes effect on the next request. Needs the permission `limits:write`.
     *
     * @tags Staff: limits
     * @name StaffEndpointsUpdate
     * @summary Change an endpoint's limit, cost and scope
     * @request PUT:/staff/endpoints/{endpointId}
     * @secure
     */
    staffEndpointsUpdate: (
      endpointId: number,
      data: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version: number;
        rateLimit?: number | null;
        /**
         * @min 1
         * @max 86400
         */
        windowSeconds: number;
        /**
         * @min 0
         * @max 1000
         */
        cost: number;
        /**
         * @min 0
         * @max 1000
         */
        recipientsPerCall: number;
        scope: string | null;
        isDenied: string | boolean;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/endpoints/${endpointId}`,
        method: "PUT",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Needs the permission `limits:read`.
     *
     * @tags Staff: limits
     * @name StaffLimitRequestsList
     * @summary Larger limits that accounts asked for, oldest first, with what speaks for and against
     * @request GET:/staff/limit-requests
     * @secure
     */
    staffLimitRequestsList: (
      query?: {
        /** @default true */
        open?: boolean;
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            kind: "quota" | "rate_limit";
            /** Null for the quota. */
            endpointId: number | null;
            endpointName: string | null;
            windowSeconds: number | null;
            /**
             * Requests per UTC day (quota) or per the endpoint's window.
             * @min 0
             * @max 9007199254740991
             */
            value: number;
            /**
             * What held when it was asked for.
             * @min 0
             * @max 9007199254740991
             */
            valueBefore: number;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            startsAt: string;
            /** Null = no end was wished. */
            endsAt: string | null;
            reason: string;
            state: "open" | "granted" | "declined" | "withdrawn";
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            createdAt: string;
            answer: string | null;
            decidedAt: string | null;
            grantedValue: number | null;
            grantedUntil: string | null;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            accountId: string;
            accountName: string;
            need: {
              plan: string;
              peak: {
                /**
                 * @format date-time
                 * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
                 */
                at: string;
                /**
                 * @min 0
                 * @max 9007199254740991
                 */
                requests: number;
              } | null;
              /**
               * @min 0
               * @max 9007199254740991
               */
              refused30Days: number;
              /**
               * UTC days of the last 30 on which it refused anything.
               * @min 0
               * @max 9007199254740991
               */
              refusingDays: number;
              /**
               * @min 0
               * @max 9007199254740991
               */
              usedToday: number;
              /** As `GET /quota` has it. */
              forecast: {
                kind: string;
              };
              standing:
                | "good"
                | "noticed"
                | "throttled"
                | "suspended"
                | "terminated";
              openCaseId: string | null;
            } | null;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/staff/limit-requests`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description As asked, unless `value` or `endsAt` say otherwise; without any end for `days` (90). From the next request on. The account is mailed, and told again before it ends. Needs the permission `accounts:limit`.
     *
     * @tags Staff: limits
     * @name StaffLimitRequestsGrant
     * @summary Grant a larger limit by a dated exception
     * @request POST:/staff/limit-requests/{requestId}/grant
     * @secure
     */
    staffLimitRequestsGrant: (
      requestId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      data?: {
        /**
         * @min 1
         * @max 1000000000
         */
        value?: number;
        /** @format date-time */
        endsAt?: string;
        /**
         * @min 1
         * @max 730
         * @default 90
         */
        days?: number;
        /** @maxLength 2000 */
        answer?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          overrideId: string;
          loadId: string | null;
          /**
           * @min 0
           * @max 9007199254740991
           */
          value: number;
          /**
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          startsAt: string;
          /**
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          endsAt: string;
        },
        Problem
      >({
        path: `/staff/limit-requests/${requestId}/grant`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `accounts:limit`.
     *
     * @tags Staff: limits
     * @name StaffLimitRequestsDecline
     * @summary Decline a larger limit, with words for the owner
     * @request POST:/staff/limit-requests/{requestId}/decline
     * @secure
     */
    staffLimitRequestsDecline: (
      requestId: string,
      data: {
        /**
         * @minLength 10
         * @maxLength 2000
         */
        answer: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/limit-requests/${requestId}/decline`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description At most 5,000 rows and 2 MiB per call. Existing hashes stay as they are, so a call can be repeated. For millions, use the command line. Needs the permission `tokens:import`.
     *
     * @tags Staff: import
     * @name StaffImportTokens
     * @summary Import tokens by their hashes
     * @request POST:/staff/import/tokens
     * @secure
     */
    staffImportTokens: (
      data: {
        /**
         * @maxItems 5000
         * @minItems 1
         */
        rows: {
          /**
           * @minLength 1
           * @maxLength 204
           */
          account: string;
          /**
           * @minLength 1
           * @maxLength 50
           */
          name: string;
          /** @pattern ^[0-9a-f]{64}$ */
          sha256: string;
          /**
           * @maxItems 100
           * @default []
           */
          scopes?: string[];
          /** @default null */
          expiresAt?: string | null;
          /**
           * @maxLength 40
           * @default ""
           */
          preview?: string;
        }[];
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @min 0
           * @max 9007199254740991
           */
          imported: number;
          /**
           * @min 0
           * @max 9007199254740991
           */
          known: number;
          refused: {
            /**
             * @min 0
             * @max 9007199254740991
             */
            row: number;
            why: string;
          }[];
        },
        Problem
      >({
        path: `/staff/import/tokens`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description With `dry_run=true` it returns the difference and changes nothing. Needs the permission `limits:write`.
     *
     * @tags Staff: import
     * @name StaffImportOpenapi
     * @summary Import endpoints and scopes from an OpenAPI document
     * @request POST:/staff/import/openapi
     * @secure
     */
    staffImportOpenapi: (
      data: {
        document: Partial<Record<string, any>> | string;
        /** @default 60 */
        rateLimit?: number | null;
        /** @default false */
        isUnlimited?: string | boolean;
        /**
         * @minLength 64
         * @maxLength 64
         */
        fingerprint?: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          added: {
            name: string;
            method: string;
            path: string;
            scope: string | null;
          }[];
          changed: {
            name: string;
            method: string;
            path: string;
            scopeBefore: string | null;
            scope: string | null;
          }[];
          gone: {
            name: string;
            method: string;
            path: string;
          }[];
          /**
           * @min 0
           * @max 9007199254740991
           */
          unchanged: number;
          newScopes: string[];
          faults: string[];
        },
        Problem
      >({
        path: `/staff/import/openapi`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `gates:write`.
     *
     * @tags Staff: gates
     * @name StaffCredentialsList
     * @summary Gateway credentials, live ones first
     * @request GET:/staff/gateway-credentials
     * @secure
     */
    staffCredentialsList: (
      query?: {
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            name: string;
            preview: string;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            createdAt: string;
            createdByName: string | null;
            revokedAt: string | null;
            lastUsedAt: string | null;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/staff/gateway-credentials`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Once one exists, every caller of the gate needs one. The response is the only place it is shown. Needs the permission `gates:write`.
     *
     * @tags Staff: gates
     * @name StaffCredentialsCreate
     * @summary Create a gateway credential
     * @request POST:/staff/gateway-credentials
     * @secure
     */
    staffCredentialsCreate: (
      data: {
        /**
         * @minLength 1
         * @maxLength 50
         */
        name: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          name: string;
          preview: string;
          secret: string;
        },
        Problem
      >({
        path: `/staff/gateway-credentials`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Every gate refuses the caller from its next request. Needs the permission `gates:write`.
     *
     * @tags Staff: gates
     * @name StaffCredentialsRevoke
     * @summary Revoke a gateway credential
     * @request DELETE:/staff/gateway-credentials/{credentialId}
     * @secure
     */
    staffCredentialsRevoke: (
      credentialId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/gateway-credentials/${credentialId}`,
        method: "DELETE",
        query: query,
        secure: true,
        ...params,
      }),

    /**
     * @description Addresses are masked. Needs the permission `mail:read`.
     *
     * @tags Staff: mail
     * @name StaffMailList
     * @summary List undelivered messages with the reason
     * @request GET:/staff/mail
     * @secure
     */
    staffMailList: (
      query?: {
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            kind: string;
            accountId: string | null;
            toAddress: string;
            subject: string;
            state: string;
            attempts: number;
            lastError: string | null;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            createdAt: string;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/staff/mail`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `mail:resend`.
     *
     * @tags Staff: mail
     * @name StaffMailResend
     * @summary Retry one message
     * @request POST:/staff/mail/{mailId}/resend
     * @secure
     */
    staffMailResend: (
      mailId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/mail/${mailId}/resend`,
        method: "POST",
        query: query,
        secure: true,
        ...params,
      }),

    /**
     * @description The oldest 500. Skips messages whose one-time link has expired. Needs the permission `mail:resend`.
     *
     * @tags Staff: mail
     * @name StaffMailResendFailed
     * @summary Retry every failed message
     * @request POST:/staff/mail/failed/resend
     * @secure
     */
    staffMailResendFailed: (
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          resent: number;
        },
        Problem
      >({
        path: `/staff/mail/failed/resend`,
        method: "POST",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description By the whole address. 404 when nobody has it. Needs the permission `people:read`.
     *
     * @tags Staff: people
     * @name StaffPeopleFind
     * @summary Find a person by e-mail address
     * @request GET:/staff/people
     * @secure
     */
    staffPeopleFind: (
      query: {
        /**
         * @minLength 1
         * @maxLength 320
         */
        email: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          userId: string;
        },
        Problem
      >({
        path: `/staff/people`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Block, second step, accounts and sessions. The e-mail address is masked. Needs the permission `people:read`.
     *
     * @tags Staff: people
     * @name StaffPeopleGet
     * @summary How a person comes in
     * @request GET:/staff/people/{userId}
     * @secure
     */
    staffPeopleGet: (userId: string, params: RequestParams = {}) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          userId: string;
          name: string;
          email: string;
          /**
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          since: string;
          /** Null = nobody has proven the address. */
          emailVerifiedAt: string | null;
          /** When the authenticator app was set up. */
          secondStepSince: string | null;
          passkeys: {
            name: string;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            createdAt: string;
            lastUsedAt: string | null;
          }[];
          blockedAt: string | null;
          blockedReason: string | null;
          blockedByName: string | null;
          staffRole: "support" | "reviewer" | "lead" | "admin" | null;
          /**
           * @min 0
           * @max 9007199254740991
           */
          liveKeys: number;
          accounts: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            accountId: string;
            name: string;
            role: "owner" | "developer" | "viewer";
          }[];
          /** A removal of the second step that waits for a second person. */
          removal: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            removalId: string;
            reason: string;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            proposedAt: string;
            proposedByName: string;
          } | null;
          sessions: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            createdAt: string;
            lastSeenAt: string | null;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            expiresAt: string;
            network: string | null;
            userAgent: string | null;
          }[];
        },
        Problem
      >({
        path: `/staff/people/${userId}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Their sessions and personal keys end; automation keys and what their tokens may do in Gatehouse pause. The person is told the reason by mail. An automation key blocks nobody of the staff. Needs the permission `people:block`.
     *
     * @tags Staff: people
     * @name StaffPeopleBlock
     * @summary Block a person from their next request on
     * @request POST:/staff/people/{userId}/block
     * @secure
     */
    staffPeopleBlock: (
      userId: string,
      data: {
        /**
         * @minLength 5
         * @maxLength 500
         */
        reason: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * Sessions that ended.
           * @min 0
           * @max 9007199254740991
           */
          sessions: number;
        },
        Problem
      >({
        path: `/staff/people/${userId}/block`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `people:restore`.
     *
     * @tags Staff: people
     * @name StaffPeopleUnblock
     * @summary Let a blocked person in again
     * @request POST:/staff/people/{userId}/unblock
     * @secure
     */
    staffPeopleUnblock: (
      userId: string,
      data: {
        /**
         * @minLength 5
         * @maxLength 500
         */
        reason: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/people/${userId}/unblock`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description The person is told the reason by mail. Needs the permission `people:block`.
     *
     * @tags Staff: people
     * @name StaffPeopleSignOut
     * @summary Sign a person out everywhere
     * @request POST:/staff/people/{userId}/sign-out
     * @secure
     */
    staffPeopleSignOut: (
      userId: string,
      data: {
        /**
         * @minLength 5
         * @maxLength 500
         */
        reason: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * Sessions that ended.
           * @min 0
           * @max 9007199254740991
           */
          sessions: number;
        },
        Problem
      >({
        path: `/staff/people/${userId}/sign-out`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Another person approves it within 7 days. The person is told the reason by mail. Needs the permission `people:restore`.
     *
     * @tags Staff: people
     * @name StaffPeopleProposeSecondStepRemoval
     * @summary Propose to remove a person's second step
     * @request POST:/staff/people/{userId}/second-step-removal
     * @secure
     */
    staffPeopleProposeSecondStepRemoval: (
      userId: string,
      data: {
        /**
         * @minLength 5
         * @maxLength 500
         */
        reason: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          removalId: string;
        },
        Problem
      >({
        path: `/staff/people/${userId}/second-step-removal`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `people:restore`.
     *
     * @tags Staff: people
     * @name StaffPeopleApproveSecondStepRemoval
     * @summary Remove a second step, as the second person
     * @request POST:/staff/second-step-removals/{removalId}/approve
     * @secure
     */
    staffPeopleApproveSecondStepRemoval: (
      removalId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/second-step-removals/${removalId}/approve`,
        method: "POST",
        query: query,
        secure: true,
        ...params,
      }),

    /**
     * @description Needs the permission `people:restore`.
     *
     * @tags Staff: people
     * @name StaffPeopleWithdrawSecondStepRemoval
     * @summary Withdraw the removal of a second step
     * @request POST:/staff/second-step-removals/{removalId}/withdraw
     * @secure
     */
    staffPeopleWithdrawSecondStepRemoval: (
      removalId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/second-step-removals/${removalId}/withdraw`,
        method: "POST",
        query: query,
        secure: true,
        ...params,
      }),

    /**
     * @description Needs the permission `identity:write`.
     *
     * @tags Staff: single sign-on
     * @name StaffIdentityProvidersList
     * @summary Issuers that people sign in through
     * @request GET:/staff/identity-providers
     * @secure
     */
    staffIdentityProvidersList: (
      query?: {
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            providerId: string;
            name: string;
            issuer: string;
            clientId: string;
            audience: "staff" | "members" | "account";
            accountId: string | null;
            accountName: string | null;
            isEnabled: boolean;
            /** Those it is for get in through it only. */
            isOnlyWay: boolean;
            checksSecondStep: boolean;
            defaultRole: string | null;
            roleRules: {
              claim: string;
              value: string;
              role: string;
              accountId: string | null;
            }[];
            /**
             * @min 0
             * @max 9007199254740991
             */
            version: number;
            /**
             * People linked to this issuer.
             * @min 0
             * @max 9007199254740991
             */
            people: number;
            /** Register it as the client's redirect URI. */
            callbackUrl: string;
            /** Register it as the client's back-channel logout URI. */
            logoutUrl: string;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/staff/identity-providers`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description With a personal key of an admin. Every admin gets a mail. Needs the permission `identity:write`.
     *
     * @tags Staff: single sign-on
     * @name StaffIdentityProvidersAdd
     * @summary Add an issuer
     * @request POST:/staff/identity-providers
     * @secure
     */
    staffIdentityProvidersAdd: (
      data: {
        /**
         * @minLength 1
         * @maxLength 50
         */
        name: string;
        /** @maxLength 300 */
        issuer: string;
        /**
         * @minLength 1
         * @maxLength 300
         */
        clientId: string;
        audience: "staff" | "members" | "account";
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string | null;
        /** @default true */
        isEnabled?: string | boolean;
        /** @default false */
        isOnlyWay?: string | boolean;
        /** @default false */
        checksSecondStep?: string | boolean;
        /** @default null */
        defaultRole?:
          | "owner"
          | "developer"
          | "viewer"
          | "support"
          | "reviewer"
          | "lead"
          | "admin"
          | null;
        /**
         * @maxItems 100
         * @default []
         */
        roleRules?: {
          /**
           * @minLength 1
           * @maxLength 100
           */
          claim: string;
          /**
           * @minLength 1
           * @maxLength 200
           */
          value: string;
          role:
            | "owner"
            | "developer"
            | "viewer"
            | "support"
            | "reviewer"
            | "lead"
            | "admin";
          /** @default null */
          accountId?: string | null;
        }[];
        /**
         * @minLength 1
         * @maxLength 2000
         */
        clientSecret: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          providerId: string;
        },
        Problem
      >({
        path: `/staff/identity-providers`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description With a personal key of an admin. Every admin gets a mail. Names every field but the client secret, which stays where it is left out. Needs the permission `identity:write`.
     *
     * @tags Staff: single sign-on
     * @name StaffIdentityProvidersChange
     * @summary Change an issuer
     * @request PUT:/staff/identity-providers/{providerId}
     * @secure
     */
    staffIdentityProvidersChange: (
      providerId: string,
      data: {
        /**
         * @minLength 1
         * @maxLength 50
         */
        name: string;
        /** @maxLength 300 */
        issuer: string;
        /**
         * @minLength 1
         * @maxLength 300
         */
        clientId: string;
        audience: "staff" | "members" | "account";
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId: string | null;
        isEnabled: string | boolean;
        isOnlyWay: string | boolean;
        checksSecondStep: string | boolean;
        defaultRole:
          | "owner"
          | "developer"
          | "viewer"
          | "support"
          | "reviewer"
          | "lead"
          | "admin"
          | null;
        /** @maxItems 100 */
        roleRules: {
          /**
           * @minLength 1
           * @maxLength 100
           */
          claim: string;
          /**
           * @minLength 1
           * @maxLength 200
           */
          value: string;
          role:
            | "owner"
            | "developer"
            | "viewer"
            | "support"
            | "reviewer"
            | "lead"
            | "admin";
          /** @default null */
          accountId?: string | null;
        }[];
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version: number;
        /**
         * @minLength 1
         * @maxLength 2000
         */
        clientSecret?: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @min 0
           * @max 9007199254740991
           */
          version: number;
        },
        Problem
      >({
        path: `/staff/identity-providers/${providerId}`,
        method: "PUT",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description With a personal key of an admin. Every admin gets a mail. Sessions that came through it end. People and roles stay. Needs the permission `identity:write`.
     *
     * @tags Staff: single sign-on
     * @name StaffIdentityProvidersRemove
     * @summary Remove an issuer
     * @request DELETE:/staff/identity-providers/{providerId}
     * @secure
     */
    staffIdentityProvidersRemove: (
      providerId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/identity-providers/${providerId}`,
        method: "DELETE",
        query: query,
        secure: true,
        ...params,
      }),

    /**
     * @description Asks it for its discovery document, at most every ten minutes. Needs the permission `identity:write`.
     *
     * @tags Staff: single sign-on
     * @name StaffIdentityProvidersCheck
     * @summary Whether an issuer can be used now
     * @request GET:/staff/identity-providers/{providerId}/check
     * @secure
     */
    staffIdentityProvidersCheck: (
      providerId: string,
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /** `other` = something answers there that is not this issuer. */
          state: "answers" | "away" | "other";
        },
        Problem
      >({
        path: `/staff/identity-providers/${providerId}/check`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `identity:write`.
     *
     * @tags Staff: single sign-on
     * @name StaffBreakGlassList
     * @summary Admins, and which of them may go around single sign-on
     * @request GET:/staff/break-glass
     * @secure
     */
    staffBreakGlassList: (
      query?: {
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            userId: string;
            name: string;
            /** Set = the one who may. */
            since: string | null;
            hasSecondStep: boolean;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/staff/break-glass`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description With a personal key of an admin. Every admin gets a mail. They may sign in with password and second step where staff get in through an issuer only. Needs the permission `identity:write`.
     *
     * @tags Staff: single sign-on
     * @name StaffBreakGlassSet
     * @summary Choose the break-glass admin
     * @request PUT:/staff/break-glass
     * @secure
     */
    staffBreakGlassSet: (
      data: {
        userId: string | null;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/staff/break-glass`,
        method: "PUT",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Send the browser of a person who is signed in to your own product to `url`: it signs them in to this account, once, within 60 seconds. Name only addresses that you have proven yourself. Only automation keys with the scope `staff:portal:open` may do this. Needs the permission `portal:open`.
     *
     * @tags Staff: accounts
     * @name StaffPortalSessionsOpen
     * @summary Let a person into an account
     * @request POST:/staff/portal-sessions
     * @secure
     */
    staffPortalSessionsOpen: (
      data: {
        /**
         * @format uuid
         * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
         */
        accountId: string;
        /** @maxLength 320 */
        email: string;
        /**
         * @minLength 1
         * @maxLength 100
         */
        name: string;
        role: "owner" | "developer" | "viewer";
        /**
         * @maxLength 1000
         * @default "/"
         */
        path?: string;
        /**
         * @format uri
         * @maxLength 2000
         */
        returnUrl?: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * Holds a secret: redirect to it, and log it nowhere.
           * @format uri
           */
          url: string;
          /**
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          expiresAt: string;
        },
        Problem
      >({
        path: `/staff/portal-sessions`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),
  };
  members = {
    /**
     * @description With a staff key e-mail addresses are masked. Needs the permission `members:read`.
     *
     * @tags Members
     * @name MembersList
     * @summary Members
     * @request GET:/members
     * @secure
     */
    membersList: (
      query?: {
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string;
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            userId: string;
            name: string;
            email: string;
            role: "owner" | "developer" | "viewer";
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            since: string;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/members`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `members:write`.
     *
     * @tags Members
     * @name MembersChangeRole
     * @summary Change a member's role
     * @request PUT:/members/{userId}
     * @secure
     */
    membersChangeRole: (
      userId: string,
      data: {
        role: "owner" | "developer" | "viewer";
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/members/${userId}`,
        method: "PUT",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Needs the permission `members:write`.
     *
     * @tags Members
     * @name MembersRemove
     * @summary Remove a member
     * @request DELETE:/members/{userId}
     * @secure
     */
    membersRemove: (
      userId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/members/${userId}`,
        method: "DELETE",
        query: query,
        secure: true,
        ...params,
      }),
  };
  invitations = {
    /**
     * @description The link goes to the address by mail. `secret` is null then, and `sentTo` says where it went. Without a mail server `secret` is the one-time secret of the link `/invite/{secret}`, for you to hand over; whoever takes it has not proven the address. Needs the permission `members:write`.
     *
     * @tags Members
     * @name MembersInvite
     * @summary Invite somebody
     * @request POST:/invitations
     * @secure
     */
    membersInvite: (
      data: {
        email: string;
        role: "owner" | "developer" | "viewer";
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          secret: string | null;
          sentTo: string | null;
          /**
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          expiresAt: string;
        },
        Problem
      >({
        path: `/invitations`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description `delivery` is the state of the mail that carries the link; null when the link was handed over. Needs the permission `members:read`.
     *
     * @tags Members
     * @name MembersListInvitations
     * @summary Open invitations
     * @request GET:/invitations
     * @secure
     */
    membersListInvitations: (
      query?: {
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string;
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            email: string | null;
            role: "owner" | "developer" | "viewer";
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            expiresAt: string;
            delivery: {
              state: "waiting" | "sent" | "failed" | "kept";
              sentAt: string | null;
            } | null;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/invitations`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `members:write`.
     *
     * @tags Members
     * @name MembersResendInvitation
     * @summary Send an invitation again, with a new link
     * @request POST:/invitations/{invitationId}/resend
     * @secure
     */
    membersResendInvitation: (
      invitationId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          secret: string | null;
          sentTo: string | null;
          /**
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          expiresAt: string;
        },
        Problem
      >({
        path: `/invitations/${invitationId}/resend`,
        method: "POST",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `members:write`.
     *
     * @tags Members
     * @name MembersRevokeInvitation
     * @summary Take an invitation back
     * @request DELETE:/invitations/{invitationId}
     * @secure
     */
    membersRevokeInvitation: (
      invitationId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/invitations/${invitationId}`,
        method: "DELETE",
        query: query,
        secure: true,
        ...params,
      }),
  };
  appeals = {
    /**
     * @description The account's own; all of them with a staff key. `open` = not decided yet. Needs the permission `appeals:read`.
     *
     * @tags Standing
     * @name AppealsList
     * @summary Appeals
     * @request GET:/appeals
     * @secure
     */
    appealsList: (
      query?: {
        open?: boolean;
        /**
         * @format uuid
         * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
         */
        appealId?: string;
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        filterAccountId?: string;
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            accountId: string;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            actionId: string;
            actionType: string;
            state: string;
            cause: string;
            changed: string;
            prevention: string;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            createdAt: string;
            /**
             * Answer due by this time.
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            dueAt: string;
            decidedAt: string | null;
            decisionText: string | null;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/appeals`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `appeals:write`.
     *
     * @tags Standing
     * @name AppealsSubmit
     * @summary Appeal against an action
     * @request POST:/appeals
     * @secure
     */
    appealsSubmit: (
      data: {
        /**
         * @format uuid
         * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
         */
        actionId: string;
        /**
         * @minLength 10
         * @maxLength 4000
         */
        cause: string;
        /**
         * @minLength 10
         * @maxLength 4000
         */
        changed: string;
        /**
         * @minLength 10
         * @maxLength 4000
         */
        prevention: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          appealId: string;
        },
        Problem
      >({
        path: `/appeals`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `appeals:message`.
     *
     * @tags Standing
     * @name AppealsWrite
     * @summary Add a message to an appeal
     * @request POST:/appeals/{appealId}/messages
     * @secure
     */
    appealsWrite: (
      appealId: string,
      data: {
        /**
         * @minLength 1
         * @maxLength 4000
         */
        text: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/appeals/${appealId}/messages`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description Needs the permission `appeals:write`.
     *
     * @tags Standing
     * @name AppealsWithdraw
     * @summary Withdraw an appeal
     * @request POST:/appeals/{appealId}/withdraw
     * @secure
     */
    appealsWithdraw: (
      appealId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/appeals/${appealId}/withdraw`,
        method: "POST",
        query: query,
        secure: true,
        ...params,
      }),
  };
  selfCure = {
    /**
     * @description Detectors start counting from now, at most once a day. It lifts nothing; staff read what you changed. Needs the permission `appeals:write`.
     *
     * @tags Standing
     * @name StandingSelfCure
     * @summary Report that the cause is fixed
     * @request POST:/self-cure
     * @secure
     */
    standingSelfCure: (
      data: {
        /**
         * @minLength 10
         * @maxLength 2000
         */
        text: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/self-cure`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),
  };
  announcedLoads = {
    /**
     * @description Needs the permission `standing:read`.
     *
     * @tags Standing
     * @name LoadsList
     * @summary Announced loads
     * @request GET:/announced-loads
     * @secure
     */
    loadsList: (
      query?: {
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string;
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            startsAt: string;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            endsAt: string;
            reason: string;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/announced-loads`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Keeps planned traffic from being flagged as abuse. Limits stay the same; at most 72 hours. Needs the permission `loads:write`.
     *
     * @tags Standing
     * @name LoadsAnnounce
     * @summary Announce a load
     * @request POST:/announced-loads
     * @secure
     */
    loadsAnnounce: (
      data: {
        /** @format date-time */
        startsAt: string;
        /** @format date-time */
        endsAt: string;
        /**
         * @minLength 3
         * @maxLength 500
         */
        reason: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          loadId: string;
        },
        Problem
      >({
        path: `/announced-loads`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `loads:write`.
     *
     * @tags Standing
     * @name LoadsCancel
     * @summary Cancel an announced load
     * @request DELETE:/announced-loads/{loadId}
     * @secure
     */
    loadsCancel: (
      loadId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/announced-loads/${loadId}`,
        method: "DELETE",
        query: query,
        secure: true,
        ...params,
      }),
  };
  integrations = {
    /**
     * @description Needs the permission `integrations:read`.
     *
     * @tags Integrations
     * @name IntegrationsList
     * @summary List integrations
     * @request GET:/integrations
     * @secure
     */
    integrationsList: (
      query?: {
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string;
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            name: string;
            purpose: string;
            contactEmail: string;
            privacyPolicyUrl: string | null;
            dataCollected: string[];
            isPolicyMissing: boolean;
            policyState:
              | "none_needed"
              | "missing"
              | "unchecked"
              | "reachable"
              | "unreachable";
            /** The page is checked daily, and hourly while it cannot be reached. */
            policyCheckedAt: string | null;
            policyProblem: string | null;
            policyFailingSince: string | null;
            isPolicyBeingChecked: boolean;
            /**
             * @min 0
             * @max 9007199254740991
             */
            tokens: number;
            lastUsedAt: string | null;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            createdAt: string;
            archivedAt: string | null;
            /**
             * @min 0
             * @max 9007199254740991
             */
            version: number;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/integrations`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `integrations:write`.
     *
     * @tags Integrations
     * @name IntegrationsCreate
     * @summary Register an integration
     * @request POST:/integrations
     * @secure
     */
    integrationsCreate: (
      data: {
        /**
         * @minLength 1
         * @maxLength 80
         */
        name: string;
        /**
         * @minLength 1
         * @maxLength 500
         */
        purpose: string;
        /** @maxLength 320 */
        contactEmail: string;
        /** @default null */
        privacyPolicyUrl?: string | null;
        /**
         * @maxItems 9
         * @default []
         */
        dataCollected?: (
          | "names"
          | "email_addresses"
          | "phone_numbers"
          | "postal_addresses"
          | "message_content"
          | "network_addresses"
          | "payment_data"
          | "health_data"
          | "other"
        )[];
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
        },
        Problem
      >({
        path: `/integrations`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `integrations:write`.
     *
     * @tags Integrations
     * @name IntegrationsUpdate
     * @summary Change an integration
     * @request PUT:/integrations/{integrationId}
     * @secure
     */
    integrationsUpdate: (
      integrationId: string,
      data: {
        /**
         * @minLength 1
         * @maxLength 80
         */
        name: string;
        /**
         * @minLength 1
         * @maxLength 500
         */
        purpose: string;
        /** @maxLength 320 */
        contactEmail: string;
        privacyPolicyUrl: string | null;
        /** @maxItems 9 */
        dataCollected: (
          | "names"
          | "email_addresses"
          | "phone_numbers"
          | "postal_addresses"
          | "message_content"
          | "network_addresses"
          | "payment_data"
          | "health_data"
          | "other"
        )[];
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version?: number;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/integrations/${integrationId}`,
        method: "PUT",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),

    /**
     * @description The result appears in the list a few seconds later. Needs the permission `integrations:write`.
     *
     * @tags Integrations
     * @name IntegrationsCheckPolicy
     * @summary Check the privacy policy now
     * @request POST:/integrations/{integrationId}/check-policy
     * @secure
     */
    integrationsCheckPolicy: (
      integrationId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/integrations/${integrationId}/check-policy`,
        method: "POST",
        query: query,
        secure: true,
        ...params,
      }),

    /**
     * @description Needs the permission `integrations:write`.
     *
     * @tags Integrations
     * @name IntegrationsArchive
     * @summary Archive an integration that is no longer in use
     * @request POST:/integrations/{integrationId}/archive
     * @secure
     */
    integrationsArchive: (
      integrationId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      data?: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version?: number;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/integrations/${integrationId}/archive`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        ...params,
      }),
  };
  webhooks = {
    /**
     * @description The account's own; the provider's with a staff key. Needs the permission `webhooks:read`.
     *
     * @tags Webhooks
     * @name WebhooksList
     * @summary List endpoints
     * @request GET:/webhooks
     * @secure
     */
    webhooksList: (
      query?: {
        /**
         * @format uuid
         * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
         */
        endpointId?: string;
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            url: string;
            description: string;
            /** Empty = all. */
            events: string[];
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            createdAt: string;
            disabledAt: string | null;
            disabledReason: string | null;
            /**
             * @min -9007199254740991
             * @max 9007199254740991
             */
            version: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            delivered: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            waiting: number;
            /**
             * @min 0
             * @max 9007199254740991
             */
            failed: number;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/webhooks`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description The response is the only place the signing secret is shown. Signatures follow Standard Webhooks. Needs the permission `webhooks:write`.
     *
     * @tags Webhooks
     * @name WebhooksCreate
     * @summary Add an endpoint
     * @request POST:/webhooks
     * @secure
     */
    webhooksCreate: (
      data: {
        /**
         * @format uri
         * @maxLength 500
         */
        url: string;
        /**
         * @maxLength 200
         * @default ""
         */
        description?: string;
        /**
         * @maxItems 37
         * @default []
         */
        events?: (
          | "account.closed"
          | "account.reopened"
          | "override.ending"
          | "limit_request.opened"
          | "limit_request.granted"
          | "limit_request.declined"
          | "quota.threshold"
          | "quota.exceeded"
          | "limit.pressure"
          | "token.created"
          | "token.changed"
          | "token.paused"
          | "token.unpaused"
          | "token.revoked"
          | "token.rotated"
          | "token.expiring"
          | "token.leaked"
          | "action.scheduled"
          | "action.applied"
          | "action.changed"
          | "action.lifted"
          | "action.superseded"
          | "action.overturned"
          | "action.cancelled"
          | "action.expired"
          | "notice.sent"
          | "appeal.submitted"
          | "appeal.answered"
          | "appeal.withdrawn"
          | "appeal.decided"
          | "account.erased"
          | "gate.unconfirmed"
          | "gate.confirmed"
          | "case.opened"
          | "flag.opened"
          | "detector.fell"
          | "report.received"
        )[];
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          endpointId: string;
          secret: string;
        },
        Problem
      >({
        path: `/webhooks`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `webhooks:write`.
     *
     * @tags Webhooks
     * @name WebhooksUpdate
     * @summary Change an endpoint
     * @request PUT:/webhooks/{endpointId}
     * @secure
     */
    webhooksUpdate: (
      endpointId: string,
      data: {
        /**
         * @format uri
         * @maxLength 500
         */
        url: string;
        /** @maxLength 200 */
        description: string;
        /** @maxItems 37 */
        events: (
          | "account.closed"
          | "account.reopened"
          | "override.ending"
          | "limit_request.opened"
          | "limit_request.granted"
          | "limit_request.declined"
          | "quota.threshold"
          | "quota.exceeded"
          | "limit.pressure"
          | "token.created"
          | "token.changed"
          | "token.paused"
          | "token.unpaused"
          | "token.revoked"
          | "token.rotated"
          | "token.expiring"
          | "token.leaked"
          | "action.scheduled"
          | "action.applied"
          | "action.changed"
          | "action.lifted"
          | "action.superseded"
          | "action.overturned"
          | "action.cancelled"
          | "action.expired"
          | "notice.sent"
          | "appeal.submitted"
          | "appeal.answered"
          | "appeal.withdrawn"
          | "appeal.decided"
          | "account.erased"
          | "gate.unconfirmed"
          | "gate.confirmed"
          | "case.opened"
          | "flag.opened"
          | "detector.fell"
          | "report.received"
        )[];
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version?: number;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          url: string;
          /**
           * @min -9007199254740991
           * @max 9007199254740991
           */
          version: number;
        },
        Problem
      >({
        path: `/webhooks/${endpointId}`,
        method: "PUT",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `webhooks:write`.
     *
     * @tags Webhooks
     * @name WebhooksDelete
     * @summary Delete an endpoint and its log
     * @request DELETE:/webhooks/{endpointId}
     * @secure
     */
    webhooksDelete: (
      endpointId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/webhooks/${endpointId}`,
        method: "DELETE",
        query: query,
        secure: true,
        ...params,
      }),

    /**
     * @description Needs the permission `webhooks:write`.
     *
     * @tags Webhooks
     * @name WebhooksDisable
     * @summary Turn an endpoint off
     * @request POST:/webhooks/{endpointId}/disable
     * @secure
     */
    webhooksDisable: (
      endpointId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      data?: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version?: number;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          url: string;
          /**
           * @min -9007199254740991
           * @max 9007199254740991
           */
          version: number;
        },
        Problem
      >({
        path: `/webhooks/${endpointId}/disable`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `webhooks:write`.
     *
     * @tags Webhooks
     * @name WebhooksEnable
     * @summary Turn an endpoint on
     * @request POST:/webhooks/{endpointId}/enable
     * @secure
     */
    webhooksEnable: (
      endpointId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      data?: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version?: number;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          url: string;
          /**
           * @min -9007199254740991
           * @max 9007199254740991
           */
          version: number;
        },
        Problem
      >({
        path: `/webhooks/${endpointId}/enable`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Deliveries carry both signatures for `overlapHours` (default 24). Needs the permission `webhooks:write`.
     *
     * @tags Webhooks
     * @name WebhooksRotateSecret
     * @summary Rotate the signing secret
     * @request POST:/webhooks/{endpointId}/rotate-secret
     * @secure
     */
    webhooksRotateSecret: (
      endpointId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      data?: {
        /**
         * @min 0
         * @max 168
         * @default 24
         */
        overlapHours?: number;
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        version?: number;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          id: string;
          secret: string;
          /**
           * @format date-time
           * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
           */
          retiresAt: string;
        },
        Problem
      >({
        path: `/webhooks/${endpointId}/rotate-secret`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `webhooks:write`.
     *
     * @tags Webhooks
     * @name WebhooksTest
     * @summary Send a test event
     * @request POST:/webhooks/{endpointId}/test
     * @secure
     */
    webhooksTest: (
      endpointId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          deliveryId: string;
        },
        Problem
      >({
        path: `/webhooks/${endpointId}/test`,
        method: "POST",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),
  };
  webhookDeliveries = {
    /**
     * @description Needs the permission `webhooks:read`.
     *
     * @tags Webhooks
     * @name WebhooksDeliveries
     * @summary List deliveries with their attempts, newest first
     * @request GET:/webhook-deliveries
     * @secure
     */
    webhooksDeliveries: (
      query?: {
        /**
         * @format uuid
         * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
         */
        endpointId?: string;
        /**
         * @format uuid
         * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
         */
        deliveryId?: string;
        state?: "waiting" | "delivered" | "failed" | "skipped";
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            endpointId: string;
            type: string;
            state: "waiting" | "delivered" | "failed" | "skipped";
            /**
             * @min 0
             * @max 9007199254740991
             */
            attempts: number;
            isOutOfOrder: boolean;
            body: string;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            createdAt: string;
            deliveredAt: string | null;
            nextAttemptAt: string | null;
            tries: {
              /**
               * @format date-time
               * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
               */
              at: string;
              status: number | null;
              answer: string;
              error: string | null;
              /**
               * @min 0
               * @max 9007199254740991
               */
              durationMs: number;
            }[];
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/webhook-deliveries`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `webhooks:write`.
     *
     * @tags Webhooks
     * @name WebhooksResend
     * @summary Resend a delivery
     * @request POST:/webhook-deliveries/{deliveryId}/resend
     * @secure
     */
    webhooksResend: (
      deliveryId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/webhook-deliveries/${deliveryId}/resend`,
        method: "POST",
        query: query,
        secure: true,
        ...params,
      }),
  };
  reports = {
    /**
     * @description A receipt (`rcp_…`) in the text identifies the account. Staff read the report; it triggers nothing by itself. Needs no credential.
     *
     * @tags Intake
     * @name ReportsAbuse
     * @summary Report abuse of the API
     * @request POST:/reports/abuse
     */
    reportsAbuse: (
      data: {
        /**
         * @minLength 3
         * @maxLength 500
         */
        about: string;
        /**
         * @minLength 10
         * @maxLength 10000
         */
        body: string;
        /** @maxLength 100 */
        reporterName?: string;
        reporterEmail?: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          reportId: string;
        },
        Problem
      >({
        path: `/reports/abuse`,
        method: "POST",
        query: query,
        body: data,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs no credential.
     *
     * @tags Intake
     * @name ReportsVulnerability
     * @summary Report a vulnerability
     * @request POST:/reports/vulnerability
     */
    reportsVulnerability: (
      data: {
        /**
         * @minLength 3
         * @maxLength 500
         */
        about: string;
        /**
         * @minLength 10
         * @maxLength 10000
         */
        body: string;
        /** @maxLength 100 */
        reporterName?: string;
        reporterEmail?: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          reportId: string;
        },
        Problem
      >({
        path: `/reports/vulnerability`,
        method: "POST",
        query: query,
        body: data,
        type: "application/json",
        format: "json",
        ...params,
      }),
  };
  intake = {
    /**
     * @description Having it is proof enough. A live token stops immediately and its owner is notified. The response is the same whether or not it exists. Needs no credential.
     *
     * @tags Intake
     * @name IntakeLeakedToken
     * @summary Report a token found in public
     * @request POST:/intake/leaked-token
     */
    intakeLeakedToken: (
      data: {
        /**
         * @minLength 1
         * @maxLength 512
         */
        token: string;
        /** @default "" */
        url?: "" | string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          taken: true;
        },
        Problem
      >({
        path: `/intake/leaked-token`,
        method: "POST",
        query: query,
        body: data,
        type: "application/json",
        format: "json",
        ...params,
      }),
  };
  limitRequests = {
    /**
     * @description Needs the permission `usage:read`.
     *
     * @tags Usage
     * @name LimitsRequests
     * @summary Larger limits that were asked for, and the answers
     * @request GET:/limit-requests
     * @secure
     */
    limitsRequests: (
      query?: {
        /** Its id, or `ext:` and your own id of it, such as `ext:cus_4711`. */
        accountId?: string;
        /**
         * Items per page.
         * @min 1
         * @max 100
         * @default 25
         */
        limit?: number;
        /** `nextCursor` of the page before. */
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            kind: "quota" | "rate_limit";
            /** Null for the quota. */
            endpointId: number | null;
            endpointName: string | null;
            windowSeconds: number | null;
            /**
             * Requests per UTC day (quota) or per the endpoint's window.
             * @min 0
             * @max 9007199254740991
             */
            value: number;
            /**
             * What held when it was asked for.
             * @min 0
             * @max 9007199254740991
             */
            valueBefore: number;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            startsAt: string;
            /** Null = no end was wished. */
            endsAt: string | null;
            reason: string;
            state: "open" | "granted" | "declined" | "withdrawn";
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$
             */
            createdAt: string;
            answer: string | null;
            decidedAt: string | null;
            grantedValue: number | null;
            grantedUntil: string | null;
          }[];
          nextCursor: string | null;
        },
        Problem
      >({
        path: `/limit-requests`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description `quota` for the daily quota, `rate_limit` with `endpointId` for an endpoint. With `startsAt` and `endsAt` it is a window of up to 31 days; granted up to 72 hours, it is an announced load too. One open request per limit, ten in 24 hours. Nothing changes until the provider grants it. Needs the permission `loads:write`.
     *
     * @tags Usage
     * @name LimitsAsk
     * @summary Ask for a larger quota or rate limit, or for a window with more
     * @request POST:/limit-requests
     * @secure
     */
    limitsAsk: (
      data: {
        kind: "quota" | "rate_limit";
        /**
         * @exclusiveMin 0
         * @max 9007199254740991
         */
        endpointId?: number;
        /**
         * @min 1
         * @max 1000000000
         */
        value: number;
        /** @format date-time */
        startsAt?: string;
        /** @format date-time */
        endsAt?: string;
        /**
         * @minLength 10
         * @maxLength 1000
         */
        reason: string;
      },
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /**
           * @format uuid
           * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
           */
          requestId: string;
        },
        Problem
      >({
        path: `/limit-requests`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: "application/json",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the permission `loads:write`.
     *
     * @tags Usage
     * @name LimitsWithdraw
     * @summary Withdraw a request that is not answered yet
     * @request DELETE:/limit-requests/{requestId}
     * @secure
     */
    limitsWithdraw: (
      requestId: string,
      query?: {
        /** True = everything is checked and answered, but nothing is done. Secrets in the response do not work. */
        dry_run?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<void, Problem>({
        path: `/limit-requests/${requestId}`,
        method: "DELETE",
        query: query,
        secure: true,
        ...params,
      }),
  };
}
