using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Part of a network: parameters, buffers and further modules under names.</summary>
        public partial class Module : IDisposable
        {
            private readonly OrderedMap<Module> _submodules = [];
            private readonly OrderedMap<(Tensor Tensor, bool Persistent)> _buffers = [];
            private readonly OrderedMap<Parameter> _parameters = [];
            private bool _componentsRegistered;
            private bool _training = true;

            /// <summary>A module without parts.</summary>
            protected Module(string name) => this.name = name;

            /// <summary>The name given at construction.</summary>
            protected string? name;

            /// <summary>Whether the module is being trained.</summary>
            public virtual bool training => _training;

            /// <summary>The name given at construction.</summary>
            public virtual string GetName() => name!;

            /// <summary>Disposes parameters, buffers and further modules.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes parameters, buffers and further modules.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                    return;
                foreach (var (_, buffer) in _buffers)
                    buffer.Tensor.Dispose();
                foreach (var (_, parameter) in _parameters)
                    parameter.Dispose();
                foreach (var (_, module) in _submodules)
                    module.Dispose();
            }

            /// <summary>Switches between training and scoring.</summary>
            public virtual void train(bool train = true)
            {
                _training = train;
                foreach (var (_, module) in _submodules)
                    module.train(train);
            }

            /// <summary>Switches to scoring.</summary>
            public virtual void eval() => train(false);

            /// <summary>Drops the gradients, or sets them to zero.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    using var gradient = parameter.grad;
                    if (gradient is null)
                        continue;
                    if (set_to_none)
                        parameter.grad = null;
                    else
                        gradient.zero_();
                }
            }

            /// <summary>Runs an action on all modules below and on this one.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, module) in _submodules)
                    module.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Adds a parameter.</summary>
            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null || param.IsInvalid)
                    throw new ArgumentNullException(nameof(param), "A null tensor cannot be registered as a parameter.");
                if (!_parameters.TryAdd(name, param))
                    throw new InvalidOperationException($"Parameter {name} is already registered.");
            }

            /// <summary>Adds a tensor that is not trained.</summary>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (tensor is null || tensor.IsInvalid)
                    throw new ArgumentNullException(nameof(tensor), "A null tensor cannot be registered as a buffer.");
                if (!_buffers.TryAdd(name, (tensor, persistent)))
                    throw new InvalidOperationException($"Tensor {name} is already registered.");
            }

            /// <summary>Adds a module; null takes it out.</summary>
            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null)
                {
                    _submodules.Remove(name);
                    return;
                }
                if (name.Contains('.'))
                    throw new ArgumentException($"module name can't contain \".\", got: {name}");
                if (string.IsNullOrEmpty(name))
                    throw new ArgumentException("module name can't be empty string \"\"");
                if (_submodules.ContainsKey(name))
                    throw new InvalidOperationException($"Sub-module {name} is already registered.");
                submodule.RegisterComponents();
                _submodules[name] = submodule;
            }

            /// <summary>Adds a module.</summary>
            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Adds what the fields hold: modules, parameters, and tensors as buffers.</summary>
            protected virtual void RegisterComponents()
            {
                // The package's own modules say what they have when they are made.
                if (_componentsRegistered || GetType().Assembly == typeof(Module).Assembly)
                    return;
                foreach (var field in GetType().GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
                {
                    var component = field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
                    if (_submodules.ContainsKey(component) || _parameters.ContainsKey(component) || _buffers.ContainsKey(component))
                        continue;
                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(component, module);
                            break;
                        case Parameter parameter:
                            register_parameter(component, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(component, tensor);
                            break;
                    }
                }
                _componentsRegistered = true;
            }

            internal Parameter Own(string name) => _parameters[name];

            internal Parameter? OwnOrNull(string name) => _parameters.TryGetValue(name, out var parameter) ? parameter : null;

            internal Tensor? OwnBuffer(string name) => _buffers.TryGetValue(name, out var buffer) ? buffer.Tensor : null;

            internal void Replace(string name, Parameter? parameter)
            {
                if (parameter is null)
                    _parameters.Remove(name);
                else
                    _parameters[name] = parameter;
            }
        }
    }
}
