using System.Collections;
using TorchSharp.Modules;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Modules under the names 0, 1, 2 ...</summary>
        public class ModuleList<T> : torch.nn.Module, IEnumerable<T> where T : torch.nn.Module
        {
            private readonly List<T> _modules = [];

            /// <summary>A list of modules.</summary>
            public ModuleList(params T[] modules) : base(nameof(ModuleList<T>)) => extend(modules);

            /// <summary>How many there are.</summary>
            public int Count => _modules.Count;

            /// <summary>A module by its place.</summary>
            public T this[int index]
            {
                get => _modules[index];
                set
                {
                    register_module($"{index}", null!);
                    register_module($"{index}", value);
                    _modules[index] = value;
                }
            }

            /// <summary>Adds a module.</summary>
            public void Add(T item)
            {
                register_module($"{Count}", item);
                _modules.Add(item);
            }

            /// <summary>Adds modules.</summary>
            public void append(params T[] parameters) => extend(parameters);

            /// <summary>Adds modules.</summary>
            public void extend(IEnumerable<T> modules)
            {
                foreach (var module in modules)
                    Add(module);
            }

            /// <summary>The modules.</summary>
            public IEnumerator<T> GetEnumerator() => _modules.GetEnumerator();

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Modules under the names 0, 1, 2 ...</summary>
            public static ModuleList<T> ModuleList<T>(params T[] modules) where T : Module => new(modules);
        }
    }
}
