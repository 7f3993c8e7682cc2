using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Mlp.Tool.Web;

/// <summary>Answers that say what is wrong. Source: RFC 9457.</summary>
internal static class Problem
{
    public const string ContentType = "application/problem+json";

    // The type of the content says what it is: nothing of it is markup.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the whole answer.</summary>
    /// <param name="context">Nothing has been answered yet.</param>
    /// <param name="status">From 400.</param>
    /// <param name="detail">What is wrong, and the next step.</param>
    /// <param name="errors">One by one; null for none.</param>
    public static Task Write(HttpContext context, int status, string detail, JsonArray? errors = null)
    {
        var problem = new JsonObject
        {
            ["type"] = "about:blank",
            ["title"] = ReasonPhrases.GetReasonPhrase(status),
            ["status"] = status,
            ["detail"] = detail,
        };
        if (errors is not null)
            problem["errors"] = errors;
        return WriteJson(context, status, ContentType, problem);
    }

    /// <summary>Writes a JSON document as the whole answer.</summary>
    public static Task WriteJson(HttpContext context, int status, string contentType, JsonNode document)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(document, Readable);
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body).AsTask();
    }
}
