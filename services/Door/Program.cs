using FoodDelivery.Platform.Forwarding;
using FoodDelivery.Platform.Hosting;

return await ServiceRunner.Run(() => OpenDoor.Build(args));
