// Starts the .NET runtime and gives the classes that samples/VisualGuide/Library exports.
import { dotnet } from './runtime/dotnet.js';

export async function start() {
    const files = await (await fetch('files.json')).json();
    const core = ['System.Private.CoreLib.dll', 'System.Runtime.InteropServices.JavaScript.dll'];
    const assemblies = files.filter(file => file.endsWith('.dll')).map(file => file.slice('runtime/'.length));
    const resource = name => ({ virtualPath: name, name });
    const { getAssemblyExports } = await dotnet.withConfig({
        mainAssemblyName: 'VisualGuide',
        globalizationMode: 'invariant',
        debugLevel: 0,
        disableIntegrityCheck: true,
        resources: {
            jsModuleNative: [{ name: 'dotnet.native.js' }],
            jsModuleRuntime: [{ name: 'dotnet.runtime.js' }],
            wasmNative: [{ name: 'dotnet.native.wasm' }],
            coreAssembly: core.map(resource),
            assembly: assemblies.filter(name => !core.includes(name)).map(resource),
        },
    }).create();
    return (await getAssemblyExports('VisualGuide.dll')).VisualGuide;
}
