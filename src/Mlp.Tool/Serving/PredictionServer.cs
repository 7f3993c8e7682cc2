using System.Buffers;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Mlp.Tool.Output;
using Mlp.Tool.Web;

namespace Mlp.Tool.Serving;

/// <summary>Answers requests with a model's predictions.</summary>
/// <param name="store">Gives the model.</param>
/// <param name="settings">Limits.</param>
/// <param name="terminal">Is told of errors of the server itself.</param>
internal sealed class PredictionServer(ModelStore store, ServeSettings settings, Terminal terminal)
{
    private const string Json = "application/json";

    private readonly Dictionary<string, (string Methods, Func<Request, Task> Answer)> _routes = new()
    {
        ["/"] = ("GET, POST", AnswerForm),
        ["/predict"] = ("POST", request => AnswerRows(request, settings.MostRows, isExplained: false)),
        ["/explain"] = ("POST", request => AnswerRows(request, settings.MostExplainedRows, isExplained: true)),
        ["/openapi.json"] = ("GET", request => Problem.WriteJson(
            request.Context, StatusCodes.Status200OK, Json, OpenApiDocument.Create(request.State.Model, settings, AddressOf(request)))),
        ["/health"] = ("GET", request => Problem.WriteJson(
            request.Context, StatusCodes.Status200OK, Json, HealthOf(request.State, settings.ModelPath))),
        ["/metrics"] = ("GET", AnswerMetrics),
    };

    /// <summary>What was answered so far.</summary>
    public ServeMetrics Metrics { get; } = new();

    /// <summary>Answers one request.</summary>
    public async Task Answer(HttpContext context)
    {
        long start = Stopwatch.GetTimestamp();
        Metrics.Begin();
        string path = context.Request.Path.Value ?? "";
        bool isKnown = _routes.TryGetValue(path, out (string Methods, Func<Request, Task> Answer) route);
        string method = HttpMethods.IsHead(context.Request.Method) ? HttpMethods.Get : context.Request.Method;
        using var time = new CancellationTokenSource(settings.TimeOfRequest);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, context.RequestAborted);
        try
        {
            if (!isKnown)
            {
                await Problem.Write(
                    context, StatusCodes.Status404NotFound, $"There is nothing at this path. There are {string.Join(", ", _routes.Keys)}.");
            }
            else if (!route.Methods.Split(", ").Contains(method))
            {
                context.Response.Headers.Allow = route.Methods;
                await Problem.Write(context, StatusCodes.Status405MethodNotAllowed, $"{path} answers to {route.Methods}.");
            }
            else
                await route.Answer(new Request(this, context, store.Now, both.Token));
        }
        catch (RowException exception)
        {
            JsonArray? errors = exception.Errors.Count == 0 ? null : new([.. exception.Errors.Select(error => (JsonNode?)error.ToJson())]);
            await Problem.Write(context, StatusCodes.Status400BadRequest, exception.Message, errors);
        }
        catch (BadHttpRequestException exception)
        {
            string detail = exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? "The body is too long. Send fewer rows in a request, or start the server with another --max-body." : exception.Message;
            await Problem.Write(context, exception.StatusCode, detail);
        }
        catch (Exception exception) when (IsCancelled(exception) && context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more to be answered.
        }
        catch (Exception exception) when (IsCancelled(exception) && time.IsCancellationRequested)
        {
            await Problem.Write(
                context, StatusCodes.Status503ServiceUnavailable,
                $"The request took longer than {settings.TimeOfRequest.TotalSeconds:G4} seconds. Send fewer rows in it, or start the "
                    + "server with another --timeout.");
        }
        // The last place where an error of the server can be reported: to the client that there is one, to the owner which.
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            terminal.Error($"{path}: {exception.GetType().Name}: {exception.Message} That is an error of mlp itself.");
            await Problem.Write(
                context, StatusCodes.Status500InternalServerError, "An error of the server itself; its owner can read which.");
        }
        finally
        {
            Metrics.Count(isKnown ? path : "other", context.Response.StatusCode, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
    }

    /// <summary>ML.NET can compute ahead in other threads, and wraps the exceptions that they throw.</summary>
    private static bool IsCancelled(Exception? exception) =>
        exception is OperationCanceledException || (exception is InvalidOperationException && IsCancelled(exception.InnerException));

    private static async Task AnswerRows(Request request, int mostRows, bool isExplained)
    {
        HttpRequest http = request.Context.Request;
        CheckIsJson(http);
        ReadOnlyMemory<byte> body = await ReadBody(http, request.CancellationToken);
        ServedModel model = request.State.Model;
        RowBatch batch = new RowParser(model.Fields, model.LabelName, mostRows).Parse(body);
        var answer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(answer))
        {
            if (!batch.IsSingle)
                json.WriteStartArray();
            if (isExplained)
                model.WriteExplained(json, batch, request.CancellationToken);
            else
                model.Write(json, batch, request.CancellationToken);
            if (!batch.IsSingle)
                json.WriteEndArray();
        }
        request.Server.Metrics.CountRows(batch.Count);
        HttpResponse response = request.Context.Response;
        response.ContentType = Json;
        response.ContentLength = answer.WrittenCount;
        // Which model it was, where it may be replaced.
        response.Headers["Model-Fingerprint"] = model.Fingerprint;
        await response.Body.WriteAsync(answer.WrittenMemory, request.CancellationToken);
    }

    private static async Task AnswerForm(Request request)
    {
        ServedModel model = request.State.Model;
        if (model.Fields.Count > RowForm.MostFields)
        {
            throw new RowException(
                $"The model takes {model.Fields.Count:N0} columns, too many for a form. Send rows to /predict; /openapi.json says how.",
                []);
        }
        string page;
        bool isValid = true;
        if (HttpMethods.IsPost(request.Context.Request.Method))
        {
            var form = new FormFeature(request.Context.Request, new FormOptions { ValueCountLimit = RowForm.MostFields });
            page = RowForm.Answer(
                model, await form.ReadFormAsync(request.CancellationToken), request.CancellationToken, out isValid);
            request.Server.Metrics.CountRows(isValid ? 1 : 0);
        }
        else
            page = RowForm.Write(model);
        await Write(
            request, isValid ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, "text/html; charset=utf-8", page);
    }

    private static Task AnswerMetrics(Request request) =>
        Write(request, StatusCodes.Status200OK, ServeMetrics.ContentType, request.Server.Metrics.Write(request.State));

    private static Task Write(Request request, int status, string contentType, string text)
    {
        request.Context.Response.StatusCode = status;
        request.Context.Response.ContentType = contentType;
        return request.Context.Response.WriteAsync(text, request.CancellationToken);
    }

    private static JsonObject HealthOf(ModelStore.State state, string path) => new()
    {
        ["status"] = "ok",
        ["model"] = Path.GetFileName(path),
        ["fingerprint"] = state.Model.Fingerprint,
        ["label"] = state.Model.LabelName,
        ["loadedAt"] = state.LoadedAt,
        ["loads"] = state.LoadCount,
        ["loadFailures"] = state.FailureCount,
        ["lastError"] = state.LastError,
    };

    /// <summary>As the client called this server: behind a proxy that is not where it listens.</summary>
    private static Uri AddressOf(Request request) =>
        new($"{request.Context.Request.Scheme}://{request.Context.Request.Host.ToUriComponent()}");

    private static void CheckIsJson(HttpRequest request)
    {
        bool isJson = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            && (type.MediaType == Json || type.MediaType!.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
            && (type.CharSet is null || type.CharSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
        if (!isJson)
        {
            throw new BadHttpRequestException(
                $"The content type is '{request.ContentType}'; expected is {Json}, in UTF-8.", StatusCodes.Status415UnsupportedMediaType);
        }
        if (request.Headers.ContentEncoding.Count > 0)
        {
            throw new BadHttpRequestException(
                $"The content encoding is '{request.Headers.ContentEncoding}'; bodies are taken as they are.",
                StatusCodes.Status415UnsupportedMediaType);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBody(HttpRequest request, CancellationToken cancellationToken)
    {
        // The stated length is checked by the server, but not believed: memory follows what arrives.
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    /// <summary>A request and the model that answers it, whatever happens to the file meanwhile.</summary>
    private sealed record Request(
        PredictionServer Server, HttpContext Context, ModelStore.State State, CancellationToken CancellationToken);
}
