using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Mlp.Reports.Page;
using Mlp.Tool.Output;
using Mlp.Tool.Web;

namespace Mlp.Tool.Training;

/// <summary>A page of this machine that shows a training while it goes on, by server-sent events; it ends with the training.</summary>
internal sealed class TrainingWatch : IDisposable
{
    // Of each network; a curve of more points looks the same.
    private const int MostEpochs = 1000;

    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly List<string> _events = [];
    private readonly LocalServer _server;
    private readonly string _title;
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isOver;

    /// <param name="port">Where it listens; 0 for any free port.</param>
    /// <param name="title">Of the page.</param>
    /// <exception cref="ToolException">It cannot listen there.</exception>
    public TrainingWatch(int port, string title)
    {
        _title = title;
        var settings = new LocalServerSettings { Port = port, TimeToStop = TimeToStop };
        _server = LocalServer.Start(settings, Answer).GetAwaiter().GetResult();
    }

    /// <summary>The address of the page.</summary>
    public Uri Address => _server.Address;

    /// <summary>Shows an epoch.</summary>
    /// <param name="result">Of the epoch.</param>
    /// <param name="progress">With that epoch.</param>
    public void Report(EpochResult result, TrainingProgress progress)
    {
        int stride = 1 + result.NumberOfEpochs / MostEpochs;
        if (result.Epoch % stride != 0 && result.Epoch > 1)
            return;
        var epoch = new JsonObject
        {
            ["network"] = result.NetworkIndex,
            ["epoch"] = result.Epoch,
            ["loss"] = Json.Number(result.Loss),
            ["validationLoss"] = result.ValidationLoss is double loss ? Json.Number(loss) : null,
            ["fraction"] = Json.Number(progress.Fraction),
            ["secondsLeft"] = progress.SecondsLeft is double seconds ? Json.Number(seconds) : null,
            ["description"] = progress.Description,
        };
        Add("epoch", epoch.ToJsonString());
    }

    /// <summary>Tells the pages that the training is over, and stops the server.</summary>
    public void Dispose()
    {
        Add("end", "The training is over; mlp train goes on with its tests.", isLast: true);
        _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private void Add(string name, string data, bool isLast = false)
    {
        TaskCompletionSource news;
        lock (_lock)
        {
            _events.Add($"event: {name}\ndata: {data}\n\n");
            _isOver |= isLast;
            news = _news;
            _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        news.SetResult();
    }

    private Task Answer(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            return Problem.Write(context, StatusCodes.Status405MethodNotAllowed, "This server only shows a training.");
        return context.Request.Path.Value switch
        {
            "/" => Write(context, "text/html; charset=utf-8", WatchPage.Write(_title)),
            "/watch.js" => Write(context, "text/javascript; charset=utf-8", WatchPage.Script),
            "/events" => SendEvents(context),
            _ => Problem.Write(context, StatusCodes.Status404NotFound, "There is nothing at this path. There is the page at /."),
        };
    }

    private static Task Write(HttpContext context, string contentType, string text)
    {
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    /// <summary>All events from the first one on, and each new one until the last.</summary>
    private async Task SendEvents(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            for (int next = 0; ;)
            {
                string news;
                Task more;
                bool isOver;
                lock (_lock)
                {
                    news = string.Concat(_events.Skip(next));
                    next = _events.Count;
                    (more, isOver) = (_news.Task, _isOver);
                }
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(news), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                if (isOver)
                    return;
                await more.WaitAsync(context.RequestAborted);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The page was closed.
        }
    }
}
