namespace Microsoft.ML.Runtime;

/// <summary>The environment of an <see cref="MLContext"/> and, registered under it, those of its components.</summary>
internal sealed class LocalEnvironment : IHost, IHostEnvironmentInternal, ICancelable
{
    private readonly LocalEnvironment? _parent;
    private readonly string? _name;
    private readonly Action<string, ChannelMessage> _log;
    private readonly Lock _lock = new();

    // Weak: nothing tells when a component is done with its host.
    private readonly List<WeakReference<LocalEnvironment>> _children = [];

    // Read in training loops while another thread cancels.
    private volatile bool _isCanceled;

    public LocalEnvironment(int? seed, Action<string, ChannelMessage> log)
    {
        Seed = seed;
        Rand = seed is int value ? new TauswortheHybrid((uint)value) : new TauswortheHybrid(new Random());
        ComponentCatalog = new ComponentCatalog();
        _log = log;
    }

    private LocalEnvironment(LocalEnvironment parent, string name, Random rand)
    {
        _parent = parent;
        _name = name;
        _log = parent._log;
        Seed = parent.Seed;
        Rand = rand;
        ComponentCatalog = parent.ComponentCatalog;
        _isCanceled = parent.IsCanceled;

        // ML.NET's hosts take over the name of their grandparent, not of their parent.
        FullName = parent._parent?.FullName is string prefix ? $"{prefix}; {name}" : name;
    }

    public string? FullName { get; }

    public string ContextDescription => "HostEnvironment";

    public ComponentCatalog ComponentCatalog { get; }

    public Random Rand { get; }

    public int? Seed { get; }

    public bool IsCanceled => _isCanceled;

    public IHost Register(string name, int? seed = null, bool? verbose = null)
    {
        Contracts.CheckNonEmpty(name, nameof(name));
        lock (_lock)
        {
            _children.RemoveAll(child => !child.TryGetTarget(out _));
            var rand = seed is int value ? new TauswortheHybrid((uint)value) : new TauswortheHybrid(Rand);
            var host = new LocalEnvironment(this, name, rand);
            _children.Add(new WeakReference<LocalEnvironment>(host));
            return host;
        }
    }

    public IChannel Start(string name) => new Channel(this, name, _log);

    public void CancelExecution()
    {
        lock (_lock)
        {
            _isCanceled = true;
            foreach (WeakReference<LocalEnvironment> child in _children)
            {
                if (child.TryGetTarget(out LocalEnvironment? host))
                    host.CancelExecution();
            }

            _children.Clear();
        }
    }

    public TException Process<TException>(TException ex)
        where TException : Exception
    {
        ex.Data["Throwing component"] = "Environment";
        return ex;
    }
}
