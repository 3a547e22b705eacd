using System.Collections;
using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Modules under names.</summary>
        public class ModuleDict<T> : torch.nn.Module, IEnumerable<(string, T)> where T : torch.nn.Module
        {
            private readonly OrderedMap<T> _modules = [];

            /// <summary>No modules yet.</summary>
            public ModuleDict() : base(nameof(ModuleDict<T>))
            {
            }

            /// <summary>How many there are.</summary>
            public int Count => _modules.Count;

            /// <summary>Adds a module.</summary>
            public void Add(string key, T value)
            {
                register_module(key, value);
                _modules[key] = value;
            }

            /// <summary>Whether there is a module of a name.</summary>
            public bool ContainsKey(string key) => _modules.ContainsKey(key);

            /// <summary>The module of a name, where there is one.</summary>
            public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _modules.TryGetValue(key, out value);

            /// <summary>The modules, in the order they came.</summary>
            public IEnumerable<T> values() => _modules.Select(pair => pair.Value);

            /// <summary>The names, in the order they came.</summary>
            public IEnumerable<string> keys() => _modules.Select(pair => pair.Name);

            /// <summary>The modules with their names.</summary>
            public IEnumerator<(string, T)> GetEnumerator() => _modules.GetEnumerator();

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Modules under names.</summary>
            public static ModuleDict<T> ModuleDict<T>(params (string, T)[] modules) where T : Module
            {
                var dictionary = new ModuleDict<T>();
                foreach (var (name, module) in modules)
                    dictionary.Add(name, module);
                return dictionary;
            }
        }
    }
}
