using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Parameters of this module, and of those below.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                HashSet<nint> seen = [0];
                foreach (var (name, parameter) in _parameters)
                {
                    if (seen.Add(parameter.handle))
                        yield return (name, parameter);
                }
                if (!recurse)
                    yield break;
                foreach (var (prefix, module) in _submodules)
                {
                    foreach (var (name, parameter) in module.named_parameters())
                    {
                        if (seen.Add(parameter.handle))
                            yield return ($"{prefix}.{name}", parameter);
                    }
                }
            }

            /// <summary>Parameters of this module, and of those below.</summary>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(pair =>
                pair.parameter);

            /// <summary>Buffers of this module, and of those below.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                HashSet<nint> seen = [0];
                foreach (var (name, buffer) in _buffers)
                {
                    if ((include_nonpersistent || buffer.Persistent) && seen.Add(buffer.Tensor.handle))
                        yield return (name, buffer.Tensor);
                }
                if (!recurse)
                    yield break;
                foreach (var (prefix, module) in _submodules)
                {
                    foreach (var (name, buffer) in module.named_buffers(true, include_nonpersistent))
                    {
                        if (seen.Add(buffer.handle))
                            yield return ($"{prefix}.{name}", buffer);
                    }
                }
            }

            /// <summary>Buffers of this module, and of those below.</summary>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(pair => pair.buffer);

            /// <summary>The modules right below.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() => _submodules;

            /// <summary>The modules right below.</summary>
            public virtual IEnumerable<Module> children() => named_children().Select(pair => pair.module);

            /// <summary>All modules below, those right below first.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var child in _submodules)
                    yield return child;
                foreach (var (prefix, child) in _submodules)
                {
                    foreach (var (name, module) in child.named_modules())
                        yield return ($"{prefix}.{name}", module);
                }
            }

            /// <summary>All modules below, those right below first.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(pair => pair.module);

            /// <summary>The parameter of a name, with dots where it is further below; null when there is none.</summary>
            public virtual Parameter? get_parameter(string target)
            {
                if (_parameters.TryGetValue(target, out var parameter))
                    return parameter;
                return Split(target, out var module, out var rest) ? module.get_parameter(rest) : null;
            }

            /// <summary>The buffer of a name, with dots where it is further below; null when there is none.</summary>
            public virtual Tensor? get_buffer(string target)
            {
                if (_buffers.TryGetValue(target, out var buffer))
                    return buffer.Tensor;
                return Split(target, out var module, out var rest) ? module.get_buffer(rest) : null;
            }

            /// <summary>Whether there is a parameter of a name.</summary>
            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            /// <summary>Whether there is a buffer of a name.</summary>
            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            private bool Split(string target, out Module module, out string rest)
            {
                var dot = target.IndexOf('.');
                rest = dot < 0 ? "" : target[(dot + 1)..];
                return _submodules.TryGetValue(dot < 0 ? "" : target[..dot], out module!);
            }
        }
    }
}
