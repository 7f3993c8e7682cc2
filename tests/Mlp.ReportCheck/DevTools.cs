using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;

namespace Mlp.ReportCheck;

/// <summary>The DevTools protocol of one page: commands with their answers, and events in the order of their arrival.</summary>
internal sealed class DevTools : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _answers = new();
    private readonly ConcurrentQueue<(string Method, JsonElement Parameters)> _events = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _receiving = Task.CompletedTask;
    private int _id;

    private DevTools()
    {
    }

    public static async Task<DevTools> Connect(string address)
    {
        var tools = new DevTools();
        await tools._socket.ConnectAsync(new Uri(address), CancellationToken.None);
        tools._receiving = tools.Receive();
        return tools;
    }

    /// <exception cref="InvalidOperationException">The browser refuses the command.</exception>
    public async Task<JsonElement> Send(string method, object? parameters = null)
    {
        int id = Interlocked.Increment(ref _id);
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _answers[id] = answer;
        byte[] message = JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters ?? new { } });
        await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Takes the events that have arrived.</summary>
    public IEnumerable<(string Method, JsonElement Parameters)> TakeEvents()
    {
        while (_events.TryDequeue(out var item))
            yield return item;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _receiving;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task Receive()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer.AsMemory(), _stop.Token);
                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage)
                    continue;
                Dispatch(JsonDocument.Parse(message.ToArray()).RootElement);
                message.SetLength(0);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private void Dispatch(JsonElement message)
    {
        if (!message.TryGetProperty("id", out JsonElement id))
            _events.Enqueue((message.GetProperty("method").GetString()!, message.GetProperty("params")));
        else if (_answers.TryRemove(id.GetInt32(), out TaskCompletionSource<JsonElement>? answer))
        {
            if (message.TryGetProperty("error", out JsonElement error))
                answer.SetException(new InvalidOperationException($"Chromium says: {error}"));
            else
                answer.SetResult(message.GetProperty("result"));
        }
    }
}
