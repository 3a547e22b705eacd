using System.Collections.Concurrent;

namespace Microsoft.ML.Runtime;

/// <summary>What an environment holds besides its public face.</summary>
internal interface IHostEnvironmentInternal : IHostEnvironment
{
    int? Seed { get; }

    string TempFilePath { get; set; }

    bool FallbackToCpu { get; set; }

    int? GpuDeviceId { get; set; }
}

/// <summary>The environment of an <see cref="MLContext"/>, and those that its components register from it.</summary>
internal sealed class LocalEnvironment : IHost, IHostEnvironmentInternal
{
    private readonly LocalEnvironment _root;
    private readonly LocalEnvironment _parent;
    private readonly string _shortName;
    private readonly string _parentName;
    private readonly object _lock = new();

    // Handlers by the type of what they listen to; only the root's are used.
    private readonly ConcurrentDictionary<Type, Delegate> _listeners = new();

    public LocalEnvironment(int? seed)
    {
        _root = this;
        Seed = seed;
        Rand = TauswortheHybrid.Create(seed);
        ComponentCatalog = new();
        TempFilePath = Path.GetTempPath();
    }

    private LocalEnvironment(LocalEnvironment parent, string name, Random rand)
    {
        _root = parent._root;
        _parent = parent;
        _shortName = name;
        // As in ML.NET, a component's name shows the one two levels up and not its parent.
        _parentName = parent._parent?.FullName;
        Rand = rand;
        Seed = parent.Seed;
        ComponentCatalog = parent.ComponentCatalog;
        TempFilePath = parent.TempFilePath;
        GpuDeviceId = parent.GpuDeviceId;
        FallbackToCpu = parent.FallbackToCpu;
    }

    public string FullName => string.IsNullOrEmpty(_parentName) ? _shortName : $"{_parentName}; {_shortName}";

    public string ContextDescription => "HostEnvironment";

    public ComponentCatalog ComponentCatalog { get; }

    public Random Rand { get; }

    public int? Seed { get; }

    public string TempFilePath { get; set; }

    public bool FallbackToCpu { get; set; }

    public int? GpuDeviceId { get; set; }

    public IHost Register(string name, int? seed = null, bool? verbose = null)
    {
        Contracts.CheckNonEmpty(name, nameof(name));
        lock (_lock)
            return new LocalEnvironment(this, name, seed is int value ? new TauswortheHybrid((uint)value) : new TauswortheHybrid(Rand));
    }

    public IChannel Start(string name) => new Channel(this, name);

    public IPipe<TMessage> StartPipe<TMessage>(string name) => new Pipe<TMessage>(this, name);

    public IProgressChannel StartProgressChannel(string name) => new ProgressChannel(this, name);

    public TException Process<TException>(TException ex)
        where TException : Exception
    {
        ex.Data["Throwing component"] = "Environment";
        return Contracts.Mark(ex);
    }

    /// <summary>Adds a listener to all messages of the type; it gets the sender's full name with each.</summary>
    public void AddListener<TMessage>(Action<string, TMessage> listener) =>
        _root._listeners.AddOrUpdate(typeof(TMessage), listener, (_, old) => Delegate.Combine(old, listener));

    private void Dispatch<TMessage>(string source, TMessage message)
    {
        if (_root._listeners.TryGetValue(typeof(TMessage), out var listener))
            ((Action<string, TMessage>)listener)(source, message);
    }

    private class Pipe<TMessage>(LocalEnvironment parent, string name) : IPipe<TMessage>
    {
        private readonly string _fullName = string.IsNullOrEmpty(parent.FullName) ? name : $"{parent.FullName}; {name}";

        public string ContextDescription => _fullName;

        public void Send(TMessage msg) => parent.Dispatch(_fullName, msg);

        public virtual void Dispose()
        {
        }

        public TException Process<TException>(TException ex)
            where TException : Exception
        {
            ex.Data["Throwing component"] = parent._shortName;
            ex.Data["Parent component"] = parent._parentName;
            ex.Data["Phase"] = name;
            return Contracts.Mark(ex);
        }
    }

    private sealed class Channel : Pipe<ChannelMessage>, IChannel
    {
        private readonly System.Diagnostics.Stopwatch _watch = System.Diagnostics.Stopwatch.StartNew();
        private bool _disposed;

        public Channel(LocalEnvironment parent, string name)
            : base(parent, name) => Trace(MessageSensitivity.None, "Channel started");

        public void Trace(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Trace, sensitivity, fmt));

        public void Trace(MessageSensitivity sensitivity, string fmt, params object[] args) =>
            Send(new(ChannelMessageKind.Trace, sensitivity, fmt, args));

        public void Error(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Error, sensitivity, fmt));

        public void Error(MessageSensitivity sensitivity, string fmt, params object[] args) =>
            Send(new(ChannelMessageKind.Error, sensitivity, fmt, args));

        public void Warning(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Warning, sensitivity, fmt));

        public void Warning(MessageSensitivity sensitivity, string fmt, params object[] args) =>
            Send(new(ChannelMessageKind.Warning, sensitivity, fmt, args));

        public void Info(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Info, sensitivity, fmt));

        public void Info(MessageSensitivity sensitivity, string fmt, params object[] args) =>
            Send(new(ChannelMessageKind.Info, sensitivity, fmt, args));

        public override void Dispose()
        {
            if (_disposed)
                return;
            _disposed = true;
            Trace(MessageSensitivity.None, "Channel finished. Elapsed {0:c}.", _watch.Elapsed);
            Trace(MessageSensitivity.None, "Channel disposed");
        }
    }
}
