using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Mlp.Tool.Serving;

/// <summary>Counts requests, and writes the counts as Prometheus reads them (text format 0.0.4).</summary>
internal sealed class ServeMetrics
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    // Upper ends in seconds, as Prometheus' own libraries have them.
    private static readonly double[] Ends = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<(string Route, int Status), Counter> _requests = [];
    private readonly ConcurrentDictionary<string, Durations> _durations = [];
    private long _rows, _underWay;

    /// <summary>Counts a request that has come.</summary>
    public void Begin() => Interlocked.Increment(ref _underWay);

    /// <summary>Counts a request that was answered.</summary>
    /// <param name="route">One of a few; never what a client made up.</param>
    /// <param name="status">Of the answer.</param>
    /// <param name="seconds">From its headers to its answer.</param>
    public void Count(string route, int status, double seconds)
    {
        Interlocked.Decrement(ref _underWay);
        Interlocked.Increment(ref _requests.GetOrAdd((route, status), _ => new Counter()).Value);
        _durations.GetOrAdd(route, _ => new Durations()).Add(seconds);
    }

    /// <summary>Counts rows that were predicted.</summary>
    public void CountRows(int count) => Interlocked.Add(ref _rows, count);

    /// <summary>All requests.</summary>
    public long RequestCount => _requests.Values.Sum(counter => Interlocked.Read(ref counter.Value));

    public long RowCount => Interlocked.Read(ref _rows);

    public string Write(ModelStore.State state)
    {
        var text = new StringBuilder();
        Family(text, "mlp_requests_total", "counter", "Requests that were answered.");
        foreach (((string route, int status), Counter counter) in _requests.OrderBy(each => each.Key))
            Line(text, "mlp_requests_total", $"route=\"{route}\",status=\"{status}\"", Interlocked.Read(ref counter.Value));
        Family(text, "mlp_request_duration_seconds", "histogram", "Seconds from the headers of a request to its answer.");
        foreach ((string route, Durations durations) in _durations.OrderBy(each => each.Key, StringComparer.Ordinal))
            durations.Write(text, route);
        Family(text, "mlp_requests_in_progress", "gauge", "Requests that are under way, this one among them.");
        Line(text, "mlp_requests_in_progress", "", Interlocked.Read(ref _underWay));
        Family(text, "mlp_rows_total", "counter", "Rows that were predicted.");
        Line(text, "mlp_rows_total", "", RowCount);
        Family(text, "mlp_model_loads_total", "counter", "Models that were loaded, the first one among them.");
        Line(text, "mlp_model_loads_total", "", state.LoadCount);
        Family(text, "mlp_model_load_failures_total", "counter", "Files in the model's place that could not be used.");
        Line(text, "mlp_model_load_failures_total", "", state.FailureCount);
        Family(text, "mlp_model_info", "gauge", "The model that answers.");
        Line(text, "mlp_model_info", $"fingerprint=\"{state.Model.Fingerprint}\"", 1);
        return text.ToString();
    }

    private static void Family(StringBuilder text, string name, string type, string help) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private sealed class Counter
    {
        public long Value;
    }

    private sealed class Durations
    {
        private readonly Lock _lock = new();
        private readonly long[] _counts = new long[Ends.Length + 1];
        private double _sum;

        public void Add(double seconds)
        {
            int place = Array.FindIndex(Ends, end => seconds <= end);
            lock (_lock)
            {
                _counts[place < 0 ? Ends.Length : place]++;
                _sum += seconds;
            }
        }

        public void Write(StringBuilder text, string route)
        {
            const string Name = "mlp_request_duration_seconds";
            lock (_lock)
            {
                long below = 0;
                for (int place = 0; place < _counts.Length; place++)
                {
                    below += _counts[place];
                    string end = place < Ends.Length ? Ends[place].ToString("R", CultureInfo.InvariantCulture) : "+Inf";
                    Line(text, Name + "_bucket", $"route=\"{route}\",le=\"{end}\"", below);
                }
                Line(text, Name + "_sum", $"route=\"{route}\"", _sum);
                Line(text, Name + "_count", $"route=\"{route}\"", below);
            }
        }
    }
}
