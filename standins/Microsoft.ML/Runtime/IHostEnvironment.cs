namespace Microsoft.ML.Runtime;

/// <summary>Adds context to exceptions on their way out.</summary>
public interface IExceptionContext
{
    /// <summary>What the context is.</summary>
    string ContextDescription { get; }

    /// <summary>Adds the context to the exception and returns it.</summary>
    TException Process<TException>(TException ex)
        where TException : Exception;
}

/// <summary>Opens channels.</summary>
public interface IChannelProvider : IExceptionContext
{
    /// <summary>Opens a channel for messages.</summary>
    IChannel Start(string name);

    /// <summary>Opens a pipe for values.</summary>
    IPipe<TMessage> StartPipe<TMessage>(string name);
}

/// <summary>The environment in which components live.</summary>
public interface IHostEnvironment : IChannelProvider, IProgressChannelProvider
{
    /// <summary>The components that can be loaded.</summary>
    ComponentCatalog ComponentCatalog { get; }

    /// <summary>Makes an environment for one component, with its own random generator.</summary>
    IHost Register(string name, int? seed = null, bool? verbose = null);
}

/// <summary>The environment of one component.</summary>
public interface IHost : IHostEnvironment
{
    /// <summary>The component's random generator.</summary>
    Random Rand { get; }
}

/// <summary>Carries values to those who listen.</summary>
public interface IPipe<TMessage> : IExceptionContext, IDisposable
{
    /// <summary>Sends a value.</summary>
    void Send(TMessage msg);
}

/// <summary>Carries messages to those who listen.</summary>
public interface IChannel : IPipe<ChannelMessage>
{
    /// <summary>Sends a trace message.</summary>
    void Trace(MessageSensitivity sensitivity, string fmt);

    /// <summary>Sends a trace message.</summary>
    void Trace(MessageSensitivity sensitivity, string fmt, params object[] args);

    /// <summary>Sends an error message.</summary>
    void Error(MessageSensitivity sensitivity, string fmt);

    /// <summary>Sends an error message.</summary>
    void Error(MessageSensitivity sensitivity, string fmt, params object[] args);

    /// <summary>Sends a warning.</summary>
    void Warning(MessageSensitivity sensitivity, string fmt);

    /// <summary>Sends a warning.</summary>
    void Warning(MessageSensitivity sensitivity, string fmt, params object[] args);

    /// <summary>Sends an information.</summary>
    void Info(MessageSensitivity sensitivity, string fmt);

    /// <summary>Sends an information.</summary>
    void Info(MessageSensitivity sensitivity, string fmt, params object[] args);
}
